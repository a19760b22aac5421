"""The officials' console (``/canbo``): pages made on the server that call the services of ``feedback``, ``nlu`` and ``bot``."""
