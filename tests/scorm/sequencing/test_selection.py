"""Selection and randomization of children (SR.1, SR.2)."""

from tests.support.activity_trees import PASSED, Learner, activity, organization, rule

NAMES = "abcdefgh"


def pool(seed: int, **controls) -> Learner:
    return Learner(organization(*(activity(name) for name in NAMES), **controls), seed=seed)


def offered(learner: Learner) -> str:
    return "".join(entry["identifier"] for entry in learner.session.toc()[0]["children"])


def test_sr_1_once_selects_children_in_their_order_for_good():
    learner = pool(1, selection_timing="once", select_count=3)
    learner.does("start")
    chosen = offered(learner)
    assert len(chosen) == 3
    assert chosen == "".join(sorted(chosen))
    learner.does("exitAll")
    learner.new_attempt()
    learner.does("start")
    assert offered(learner) == chosen


def test_sr_1_different_registrations_get_different_selections():
    chosen = set()
    for seed in range(20):
        learner = pool(seed, selection_timing="once", select_count=3)
        learner.does("start")
        chosen.add(offered(learner))
    assert len(chosen) > 10


def test_sr_1_a_count_that_is_too_large_or_nothing_selects_all():
    for count in (0, 8, 99):
        learner = pool(1, selection_timing="once", select_count=count)
        learner.does("start")
        assert offered(learner) == NAMES


def test_sr_2_once_reorders_children_for_good():
    learner = pool(3, randomization_timing="once", reorder_children=True)
    first = learner.goes("start", *["continue"] * 7)
    assert sorted(first) == sorted(NAMES)
    assert first != list(NAMES)
    assert offered(learner) == "".join(str(name) for name in first)


def test_sr_2_each_new_attempt_reorders_again():
    quiz = activity(
        "quiz",
        *(activity(name) for name in NAMES),
        rule("retry", "not satisfied"),
        randomization_timing="onEachNewAttempt",
        reorder_children=True,
    )
    learner = Learner(organization(quiz), seed=3)
    failed = [("continue", {"cmi.success_status": "failed"})]
    orders = {tuple(learner.goes("start", *failed * 7))}
    learner.goes(("exitAll", PASSED))
    learner.new_attempt()
    orders.add(tuple(learner.goes("start", *failed * 7)))
    assert len(orders) == 2
    assert all(sorted(map(str, order)) == sorted(NAMES) for order in orders)


def test_never_leaves_the_children_as_they_are():
    learner = pool(5, select_count=2, reorder_children=True)
    learner.does("start")
    assert offered(learner) == NAMES
    assert learner.registration is not None
    assert "order" not in learner.registration["activities"]["root"]


def test_only_selected_children_take_part_in_flow_and_rollup():
    learner = pool(2, selection_timing="once", select_count=2)
    steps = learner.goes("start", ("continue", PASSED), ("continue", PASSED))
    assert steps[-1] == "end"
    assert learner.session.rolled_up().success == "passed"


def test_a_walk_replays_from_its_seed_and_its_requests():
    controls = {"selection_timing": "once", "select_count": 4, "randomization_timing": "once", "reorder_children": True}
    one, two = pool(11, **controls), pool(11, **controls)
    steps = ["start", "continue", "previous", "continue", "exitAll"]
    assert one.goes(*steps) == two.goes(*steps)
    assert (one.registration, one.attempt) == (two.registration, two.attempt)
