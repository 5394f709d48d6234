"""JSON form of frozen dataclasses by their type annotations, exact in both directions."""

from __future__ import annotations

import math
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

JsonValue = None | bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"]
T = TypeVar("T")


class JsonFormError(ValueError):
    """Data that is not the JSON form of the class it is read as; the text names the place."""


def to_json(value: object) -> JsonValue:
    """The JSON form of a value.

    A dataclass is an object of the fields that differ from their defaults, an enum its value, a tuple a
    list, a set a sorted list.

    Raises:
        JsonFormError: the value contains a type without JSON form, NaN or an infinity.
    """
    if isinstance(value, Enum):
        return to_json(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    return _container_to_json(value)


def from_json(wanted: type[T], data: JsonValue, names: tuple[tuple[str, type], ...] = ()) -> T:
    """The value of a class from its JSON form; absent fields take their defaults, unknown ones are ignored.

    `names` gives (name, class) for annotations whose classes their module imports for type checking only.

    Raises:
        JsonFormError: the data is not of that form.
    """
    value: T = _Decoder(names).decode(wanted, data, wanted.__name__)
    return value


def _container_to_json(value: object) -> JsonValue:
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if isinstance(value, frozenset):
        return sorted((to_json(item) for item in value), key=repr)
    if isinstance(value, Mapping):
        return {_key(key): to_json(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _dataclass_to_json(value)
    raise JsonFormError(f"no JSON form for {type(value).__name__}")


def _dataclass_to_json(value: Any) -> dict[str, JsonValue]:
    """Fields with their default value are left out, as most are: sequencing has some fifty of them."""
    given = {field.name: (getattr(value, field.name), _default(field)) for field in fields(value)}
    return {name: to_json(part) for name, (part, default) in given.items() if part != default}


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


class _Decoder:
    def __init__(self, names: tuple[tuple[str, type], ...]) -> None:
        self._names = names

    def decode(self, hint: Any, data: JsonValue, place: str) -> Any:
        if get_origin(hint) is not None:
            return self._decode_generic(hint, data, place)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return _decode_enum(hint, data, place)
        if isinstance(hint, type) and is_dataclass(hint):
            return self._decode_dataclass(hint, data, place)
        return _decode_scalar(hint, data, place)

    def _decode_generic(self, hint: Any, data: JsonValue, place: str) -> Any:
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            return self._decode_union(arguments, data, place)
        if origin in {tuple, frozenset}:
            return self._decode_list(origin, arguments, data, place)
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return self._decode_mapping(arguments, data, place)
        raise JsonFormError(f"{place} has a type without JSON form: {hint}")

    def _decode_union(self, hints: tuple[Any, ...], data: JsonValue, place: str) -> Any:
        if data is None and types.NoneType in hints:
            return None
        for hint in hints:
            try:
                return self.decode(hint, data, place)
            except JsonFormError as error:
                last = error
        raise last

    def _decode_list(self, origin: type, hints: tuple[Any, ...], data: JsonValue, place: str) -> Any:
        items = _expect(isinstance(data, list), data, place)
        if origin is tuple and Ellipsis not in hints:
            _expect(len(items) == len(hints), data, place)
        else:
            hints = (hints[0],) * len(items)
        pairs = zip(hints, items, strict=True)
        return origin(self.decode(hint, item, f"{place}[{at}]") for at, (hint, item) in enumerate(pairs))

    def _decode_mapping(self, hints: tuple[Any, ...], data: JsonValue, place: str) -> Any:
        items = _expect(isinstance(data, dict), data, place)
        return {
            self.decode(hints[0], key, place): self.decode(hints[1], item, f"{place}[{key!r}]")
            for key, item in items.items()
        }

    def _decode_dataclass(self, wanted: type, data: JsonValue, place: str) -> Any:
        items = _expect(isinstance(data, dict), data, place)
        values = {}
        for name, hint, required in _annotations(wanted, self._names):
            if name in items:
                values[name] = self.decode(hint, items[name], f"{place}.{name}")
            elif required:
                raise JsonFormError(f"{place}.{name} is absent")
        return wanted(**values)


@lru_cache(maxsize=256)
def _annotations(wanted: Any, names: tuple[tuple[str, type], ...]) -> tuple[tuple[str, Any, bool], ...]:
    """(name, type, whether it is required) of each field a constructor takes."""
    hints = get_type_hints(wanted, localns={"Mapping": Mapping, **dict(names)})
    return tuple(
        (field.name, hints[field.name], field.default is MISSING and field.default_factory is MISSING)
        for field in fields(wanted)
        if field.init
    )


def _decode_enum(wanted: type[Enum], data: JsonValue, place: str) -> Enum:
    try:
        return wanted(data)
    except ValueError:
        raise JsonFormError(f"{place} is no {wanted.__name__}") from None


def _decode_scalar(hint: Any, data: JsonValue, place: str) -> Any:
    if hint is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if hint in {str, int, float, bool, types.NoneType}:
        # `type` and not isinstance: True is an int to Python and not to JSON.
        return _expect(type(data) is hint, data, place)
    raise JsonFormError(f"{place} has a type without JSON form: {hint}")


def _expect(fits: bool, data: JsonValue, place: str) -> Any:  # noqa: FBT001  # a predicate on the data
    if not fits:
        raise JsonFormError(f"{place} has the wrong type: {type(data).__name__}")
    return data


def _key(key: object) -> str:
    plain = to_json(key)
    if not isinstance(plain, str):
        raise JsonFormError(f"a key is no string: {key!r}")
    return plain
