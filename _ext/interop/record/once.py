"""What is computed from a record again and again, once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

Owner = TypeVar("Owner")
P = ParamSpec("P")
T = TypeVar("T")


def once(function: Callable[Concatenate[Owner, P], T]) -> Callable[Concatenate[Owner, P], T]:
    """Keep what a function returns for an object, such as a record, and hashable arguments, as long as the object.

    To be used for what does not change once the record is read. Nobody may change what is returned, and it must not
    refer to the object, which would never be freed.
    """
    known: WeakKeyDictionary[Any, dict[Any, T]] = WeakKeyDictionary()

    @wraps(function)
    def kept(owner: Owner, /, *arguments: P.args, **options: P.kwargs) -> T:
        found = known.setdefault(owner, {})
        key = arguments, tuple(options.items())
        if key not in found:
            found[key] = function(owner, *arguments, **options)
        return found[key]

    return kept
