"""Whatever a manifest contains, the rules end with findings of declared codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorm.validation import FINDING_CODES
from tests.support.manifests import manifest_xml
from tests.support.validation import FILES, GOOD_RESOURCE, examined_text

WORDS_WRITTEN = """
    a b c i1 r1 p satisfied completed always never skip exit continue retry not all atLeastCount true false 0 1 -1
    99 1e9 nan 1.5 sco asset webcontent index.html ../x / // http://e/ %00 # ? | ~ {} đ
"""
WORDS = st.sampled_from(WORDS_WRITTEN.split())
ATTRIBUTES_WRITTEN = """
    identifier identifierref parameters isvisible href type adlcp:scormType xml:base ID IDRef choice flow
    forwardOnly choiceExit condition operator measureThreshold referencedObjective conditionCombination action
    childActivitySet minimumCount minimumPercent attemptLimit objectiveID satisfiedByMeasure targetObjectiveID
    writeSatisfiedStatus selectCount tracked targetID minProgressMeasure default
"""
ATTRIBUTES = st.sampled_from(ATTRIBUTES_WRITTEN.split())
NAMES_WRITTEN = """
    item item item organization title metadata adlcp:location resource file dependency adlcp:data adlcp:map
    adlcp:prerequisites adlcp:masteryscore adlcp:completionThreshold adlnav:presentation adlnav:navigationInterface
    adlnav:hideLMSUI imsss:sequencing imsss:sequencing imsss:controlMode imsss:sequencingRules
    imsss:preConditionRule imsss:postConditionRule imsss:exitConditionRule imsss:ruleConditions imsss:ruleCondition
    imsss:ruleAction imsss:rollupRules imsss:rollupRule imsss:rollupConditions imsss:rollupCondition
    imsss:rollupAction imsss:limitConditions imsss:objectives imsss:primaryObjective imsss:objective
    imsss:minNormalizedMeasure imsss:mapInfo adlseq:objectives adlseq:objective adlseq:mapInfo
    imsss:auxiliaryResources imsss:randomizationControls imsss:deliveryControls manifest resources organizations
"""
NAMES = st.sampled_from(NAMES_WRITTEN.split())


def element(name, attributes, parts):
    written = " ".join(f'{key}="{value}"' for key, value in attributes.items())
    return f"<{name} {written}>{''.join(parts)}</{name}>"


ELEMENTS = st.recursive(
    WORDS,
    lambda inside: st.builds(
        element, NAMES, st.dictionaries(ATTRIBUTES, WORDS, max_size=5), st.lists(inside, max_size=5)
    ),
    max_leaves=40,
)


@pytest.mark.fuzz
@given(ELEMENTS, ELEMENTS, ELEMENTS, st.sampled_from(["1.2", "2004 3rd Edition", "2004 4th Edition"]))
def test_whatever_a_manifest_contains_the_rules_end_with_declared_findings(items, resources, tail, version):
    spaces = " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in ("adlcp", "adlnav", "adlseq", "imsss"))
    text = manifest_xml(
        version, items=items, resources=GOOD_RESOURCE + resources, tail=tail, namespaces=f'xmlns="urn:cp" {spaces}'
    )
    found = examined_text(text, FILES)
    assert {code: finding.severity for code, finding in found.items()}.items() <= FINDING_CODES.items()
    assert all(len(finding.place) < 100 and finding.params["count"] for finding in found.values())
