"""Reads one data file, and says in which line its fault is."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from feedback.file_reading import UnreadableFileError, read_shape
from feedback.working_time.errors import DataFaultError

_Shape = TypeVar("_Shape", bound=msgspec.Struct)


def read_file(path: Path, shape: type[_Shape]) -> _Shape:
    """Read a file of a shape.

    Raises:
        DataFaultError: it is missing or malformed; the message says where.
    """
    try:
        return read_shape(path.read_text("utf-8"), shape)
    except OSError as error:
        raise DataFaultError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataFaultError(f"{path.name} is no UTF-8 text") from error
    except UnreadableFileError as error:
        line = f", line {error.fault.line}" if error.fault.line else ""
        raise DataFaultError(f"{path.name}{line}: {error.fault.said}", [error.fault]) from error
