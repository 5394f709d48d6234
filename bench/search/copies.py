"""A larger tantivy index made of copies of its segments, so that a million materials can be measured within minutes.

Every copy is a segment with files of its own name, which are links to the same data. Posting lists are as long, and as
many documents answer as in an index that was written; only that each document has equals.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from pathlib import Path


def multiply(path: Path, times: int) -> None:
    """Let the index in a folder hold everything so many times; nobody writes into it meanwhile."""
    (meta_file,) = path.glob("generation-*/meta.json")
    generation = meta_file.parent
    meta = json.loads(meta_file.read_text())
    managed = json.loads((generation / ".managed.json").read_text())
    for segment in tuple(meta["segments"]):
        for _ in range(times - 1):
            copy = str(uuid4())
            for file in generation.glob(f"{segment['segment_id'].replace('-', '')}.*"):
                name = f"{copy.replace('-', '')}{file.suffix}"
                os.link(file, generation / name)
                managed.append(name)
            meta["segments"].append(segment | {"segment_id": copy})
    (generation / ".managed.json").write_text(json.dumps(managed))
    meta_file.write_text(json.dumps(meta))
