"""A damaged file told of in one sentence, whatever its reader makes of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from db.errors import RegisterError, Unreadable, plain_fault


@contextlib.contextmanager
def sentences(path: Path, what: str, advice: str) -> Iterator[None]:
    """A damaged file breaks its readers in more ways than they document.

    `what` it should have been, `advice` how it is saved anew.

    Raises:
        Unreadable: it cannot be read, or is damaged. What was refused in words stays as it is.
    """
    try:
        yield
    except RegisterError:
        raise
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            raise Unreadable(f"{path} 无法读取：{plain_fault(fault)}。") from None
        raise Unreadable(f"{path} 不是完好的{what}（{type(fault).__name__}）；{advice}。") from None
