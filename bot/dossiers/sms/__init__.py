"""Messages to telephones: one gateway by settings, for one-time codes and for notices that did not arrive."""
