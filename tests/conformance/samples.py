"""Which cases a browser plays in every test run."""

# Of our own: together they use every device, all ends, and content that speaks when it is unloaded.
OWN_SAMPLE = (
    "FLOW-1",
    "CHOICE-2",
    "HIDE-1",
    "JUMP-1",
    "SUSPEND-2",
    "UNLOAD-1",
    "POST-2",
    "SELECT-1",
    "MAP-1",
    "SHARED-1",
)
# Of a folder given with `--conformance-packages`, which its own driver plays.
GIVEN_SAMPLE = ("API", "CM-09ab", "CM-16", "CT-05", "MS-03", "OB-08b", "RU-07a", "SX-04b", "SX-09", "T-01a")
GIVEN = "given"  # stands for that sample among the names of cases
