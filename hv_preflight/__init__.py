"""The program by the name under which it is installed; it consists of ``scanner``, ``checks`` and ``reports``."""
