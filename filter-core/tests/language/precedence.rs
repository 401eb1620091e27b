//! « Which action » in `docs/policies.md`: a case for each row, and for each row against those below it.

use filter_core::{Action, Attributes, Field, Form, Row, Scratch};

use super::load;

/// A finding of high confidence by default.
struct Case {
    name: &'static str,
    policy: &'static str,
    rule: &'static str,
    room: &'static str,
    /// Action, action without maturity and mode, row; `None` where nothing is found.
    expected: Option<(Action, Action, Row)>,
}

const CARRY: &str = "[[carry]]\nrooms = [\"!cleared:x\"]\nissuer = \"xx\"\nlevel = 1\n";
const OBSERVE: &str = "[policy]\nmode = \"observe\"\n";
const EXCEPT: &str = "except = { rooms = [\"!excepted:x\", \"!cleared:x\"] }\n";
const BY_CONFIDENCE: &str = "action = { high = \"redact\", medium = \"warn\" }\n";

const CASES: &[Case] = &[
    Case { name: "1 an exception drops the finding", policy: "", rule: EXCEPT, room: "!excepted:x", expected: None },
    Case {
        name: "1 before 2: an exception in a room that may carry the marking",
        policy: CARRY,
        rule: EXCEPT,
        room: "!cleared:x",
        expected: None,
    },
    Case {
        name: "2 the room may carry the marking",
        policy: CARRY,
        rule: "",
        room: "!cleared:x",
        expected: Some((Action::Allow, Action::Allow, Row::Carry)),
    },
    Case {
        name: "2 before 3: the rule would redact",
        policy: CARRY,
        rule: BY_CONFIDENCE,
        room: "!cleared:x",
        expected: Some((Action::Allow, Action::Allow, Row::Carry)),
    },
    Case {
        name: "2 another room may not",
        policy: CARRY,
        rule: "",
        room: "!other:x",
        expected: Some((Action::Block, Action::Block, Row::BySeverity)),
    },
    Case {
        name: "3 the rule's action for the confidence reached",
        policy: "",
        rule: BY_CONFIDENCE,
        room: "!other:x",
        expected: Some((Action::Redact, Action::Redact, Row::ByConfidence)),
    },
    Case {
        name: "4 the rule's action, before that for its severity",
        policy: "[actions]\nhigh = \"block\"\n",
        rule: "action = \"warn\"\n",
        room: "!other:x",
        expected: Some((Action::Warn, Action::Warn, Row::ByRule)),
    },
    Case {
        name: "5 the action for its severity",
        policy: "[actions]\nhigh = \"warn\"\n",
        rule: "",
        room: "!other:x",
        expected: Some((Action::Warn, Action::Warn, Row::BySeverity)),
    },
    Case {
        name: "6 an experimental rule only flags",
        policy: "",
        rule: "maturity = \"experimental\"\n",
        room: "!other:x",
        expected: Some((Action::Flag, Action::Block, Row::Maturity)),
    },
    Case {
        name: "6 lowers and never raises",
        policy: CARRY,
        rule: "maturity = \"experimental\"\n",
        room: "!cleared:x",
        expected: Some((Action::Allow, Action::Allow, Row::Carry)),
    },
    Case {
        name: "7 a policy that observes only flags",
        policy: OBSERVE,
        rule: BY_CONFIDENCE,
        room: "!other:x",
        expected: Some((Action::Flag, Action::Redact, Row::Mode)),
    },
    Case {
        name: "6 before 7",
        policy: OBSERVE,
        rule: "maturity = \"experimental\"\n",
        room: "!other:x",
        expected: Some((Action::Flag, Action::Block, Row::Maturity)),
    },
    Case {
        name: "7 leaves alone what flags by itself",
        policy: OBSERVE,
        rule: "action = \"flag\"\n",
        room: "!other:x",
        expected: Some((Action::Flag, Action::Flag, Row::ByRule)),
    },
];

#[test]
fn each_row_decides_where_it_applies() {
    for case in CASES {
        let rule = super::rule(
            "mark",
            "terms",
            &format!("terms = [\"top hush\"]\nmarking = {{ issuer = \"xx\", level = 1 }}\n{}", case.rule),
        );
        let engine = load(&format!("{}{rule}", case.policy));
        let attributes = Attributes { room: Some(case.room), ..Attributes::default() };
        let outcome = engine.scan(&mut Scratch::new(), &[Field { text: "top hush", form: Form::Prose }], &attributes);
        let decided = outcome.findings.first().map(|finding| (finding.action, finding.would, finding.row));
        assert_eq!(decided, case.expected, "{}", case.name);
    }
}

#[test]
fn the_table_in_the_guide_has_the_same_rows() {
    let guide = include_str!("../../../docs/policies.md");
    for row in [Row::Exception, Row::Carry, Row::ByConfidence, Row::ByRule, Row::BySeverity, Row::Maturity, Row::Mode] {
        let line = format!("| {} | {}", row.number(), row.as_str());
        assert!(guide.contains(&line), "{line}");
    }
}
