"""The commands of ``motcua``: each module adds its parser and runs what was asked."""
