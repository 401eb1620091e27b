//! What rules find, kind by kind, on made-up rules that show one behaviour each.

use filter_core::{Action, Attributes, Bundle, Engine, Field, Form, LoadError, Outcome, Scratch};

fn load(policy: &str) -> Engine {
    let mut bundle = Bundle::new();
    bundle.add("policy.toml", Some(policy.as_bytes()));
    match Engine::load(&bundle) {
        Ok(loaded) => loaded.engine,
        Err(LoadError::Needs(paths)) => panic!("needs {paths:?}"),
        Err(LoadError::Invalid(diagnostics)) => panic!("{diagnostics:#?}"),
    }
}

fn rule(kind: &str, keys: &str) -> String {
    format!(
        "[[rule]]\nid = \"a.rule\"\nkind = \"{kind}\"\ntitle = \"a rule\"\ncategory = \"test\"\nseverity = \"high\"\n{keys}\n"
    )
}

fn scan(engine: &Engine, text: &str) -> Outcome {
    let field = Field { text, form: Form::Prose };
    engine.scan(&mut Scratch::new(), &[field], &Attributes::default())
}

/// The texts that are found, in order, every place of each.
#[track_caller]
fn check(policy: &str, text: &str, found: &[&str]) {
    let outcome = scan(&load(policy), text);
    let mut places: Vec<(u32, u32)> =
        outcome.findings.iter().flat_map(|f| f.places.iter().map(|p| (p.start, p.end))).collect();
    places.sort_unstable();
    let texts: Vec<&str> = places.iter().map(|(start, end)| &text[*start as usize..*end as usize]).collect();
    assert_eq!(texts, found, "in {text:?}");
}

#[track_caller]
fn marking(text: &str, action: Action) {
    let policy = rule(
        "marking",
        r#"
        action = { high = "block", medium = "flag" }
        marking = { issuer = "xx", level = 1 }
        phrases = ["top hush(es)"]
        abbreviations = ["TH"]
        caveats = { local = ["for us only", "US"] }
        vocabularies = ["paper", "film", "talk"]
        [[vocabulary]]
        id = "paper"
        role = "cue"
        weight = 2
        within = 6
        words = ["document(s)", "note"]
        [[vocabulary]]
        id = "film"
        role = "counter"
        weight = -3
        words = ["film"]
        [[vocabulary]]
        id = "talk"
        role = "mention"
        weight = -4
        words = ["reminder", "what is", "?"]
        "#,
    );
    let engine = load(&policy);
    let (outcome, steps) =
        engine.explain(&mut Scratch::new(), &[Field { text, form: Form::Prose }], &Attributes::default());
    let account: Vec<String> = steps.iter().map(|step| step.stage.to_string()).collect();
    assert_eq!(outcome.action, action, "{text:?}: {account:?}");
}

#[test]
fn a_marking_in_capitals_is_one_wherever_it_stands() {
    marking("TOP HUSH", Action::Block);
    marking("please read the TOP HUSH annex", Action::Block);
    marking("Top-Hush_annex.pdf", Action::Block);
}

#[test]
fn disguise_and_separators_do_not_matter() {
    marking("TOP\u{a0}HUSH", Action::Block);
    marking("T\u{200b}OP\nHUSH", Action::Block);
    marking("**TOP** _HUSH_", Action::Block);
    marking("ТОР НUЅН", Action::Block);
}

#[test]
fn small_letters_need_a_cue() {
    marking("it was all top hush, you know", Action::Allow);
    marking("the document is top hush", Action::Flag);
    marking("top hush: the list", Action::Block);
    marking("[top hush] the list", Action::Block);
}

#[test]
fn an_abbreviation_needs_its_case_and_a_cue() {
    marking("th is two letters", Action::Allow);
    marking("see TH for more", Action::Allow);
    marking("the document is TH", Action::Flag);
    marking("[TH] minutes", Action::Block);
    marking("TH - minutes", Action::Block);
    marking("TH-Bretagne, minutes", Action::Allow);
}

#[test]
fn an_acronym_in_brackets_after_its_words_is_no_mark() {
    marking("the town hall (TH) is open", Action::Allow);
}

#[test]
fn what_is_spoken_about_is_at_most_flagged() {
    marking("Reminder: a TOP HUSH paper stays here", Action::Flag);
    marking("What is a Top Hush document?", Action::Allow);
    marking("Reminder: the TOP HUSH rules", Action::Flag);
}

#[test]
fn a_reminder_does_not_disarm_a_banner() {
    marking("Reminder:\nTOP HUSH\nthe plan", Action::Block);
}

#[test]
fn a_word_of_another_sentence_changes_nothing() {
    marking("That was a good film. The plan is TOP HUSH.", Action::Block);
}

#[test]
fn a_caveat_joins_the_marking() {
    let policy = rule(
        "marking",
        "marking = { issuer = \"xx\", level = 1 }\nphrases = [\"top hush\"]\ncaveats = { local = [\"for us only\", \"US\"] }",
    );
    let outcome = scan(&load(&policy), "top hush – US plan");
    let caveats = outcome.findings[0].marking.as_ref().map(|m| m.caveats.clone());
    assert_eq!(caveats, Some(vec!["local".into()]));
    check(&policy, "Top Hush / For Us Only: plan", &["Top Hush / For Us Only"]);
    check(&policy, "Top Hush. For us only", &["Top Hush. For us only"]);
    check(&policy, "Top Hush, as they say, for us only", &["Top Hush"]);
    check(&policy, "Top Hush - For Us Only: plan", &["Top Hush - For Us Only"]);
}

const SERIAL: &str = "shape = \"AADDX{4,8}\"\ngroups = [\"any\"]";

#[test]
fn a_shape_is_found_with_and_without_separators() {
    check(&rule("shape", SERIAL), "no. AB12CDEF, please", &["AB12CDEF"]);
    check(&rule("shape", SERIAL), "no. ab12 cd34 ef, please", &["ab12 cd34 ef"]);
    check(&rule("shape", SERIAL), "AB12-CD34 EF56", &["AB12-CD34"]);
    check(&rule("shape", SERIAL), "AB12\u{a0}CD34", &["AB12\u{a0}CD34"]);
}

#[test]
fn a_shape_inside_a_longer_word_is_none() {
    check(&rule("shape", SERIAL), "AB12CDEF34567890", &[]);
    check(&rule("shape", SERIAL), "xAB12CDEF", &[]);
}

#[test]
fn a_card_is_found_by_its_check_digit_only() {
    let cards = rule("shape", "shape = \"D{13,19}\"\ngroups = [\"4 4 4 4\", \"4 6 5\"]\nvalidator = \"card\"");
    check(&cards, "card 4111 1111 1111 1111 thanks", &["4111 1111 1111 1111"]);
    check(&cards, "card 4111111111111111.", &["4111111111111111"]);
    check(&cards, "card 4111\u{200d}1111 1111 1111.", &["4111\u{200d}1111 1111 1111"]);
    check(&cards, "card 4111 1111 1111 1112", &[]);
    check(&cards, "pi is 3.4111111111111111", &[]);
}

#[test]
fn groups_that_a_rule_lists_may_have_any_signs_between_them() {
    let dated = rule("shape", "shape = \"D{11}\"\ngroups = [\"2 2 2 3 2\"]");
    check(&dated, "it is 85.07.30-033.28.", &["85.07.30-033.28"]);
    check(&dated, "it is 85 07 30 - 033 / 28", &["85 07 30 - 033 / 28"]);
    check(&dated, "it is 85 07 30 033 (28)", &["85 07 30 033 (28"]);
    check(&dated, "it is 850 730 033 28", &[]);
    check(&dated, "it is 85.07.30-033.\n28", &[]);
}

#[test]
fn free_groups_end_anywhere_with_any_signs_between() {
    let free = rule("shape", "shape = \"D{9}\"\ngroups = [\"free\"]\nwritten = \"grouped\"\nvalidator = \"luhn\"");
    check(&free, "it is 7 3 28-293.20!", &["7 3 28-293.20"]);
    check(&free, "it is 73282932 0 and 4", &["73282932 0"]);
    check(&free, "it is 7 3 28-293.21!", &[]);
    check(&free, "it is 732829320", &[]);
    check(&free, "it is 7 3 28-293.20x", &[]);
}

#[test]
fn a_dashed_shape_has_dashes_between_all_its_groups() {
    let dashed = rule("shape", "shape = \"D{9}\"\ngroups = [\"3 2 4\"]\nwritten = \"dashed\"");
    check(&dashed, "it is 536-90-4399.", &["536-90-4399"]);
    check(&dashed, "it is 536 - 90 - 4399 7.", &["536 - 90 - 4399"]);
    check(&dashed, "it is 536 90 4399", &[]);
    check(&dashed, "it is 536-90 4399", &[]);
    check(&dashed, "it is 536904399", &[]);
}

#[test]
fn a_shape_may_begin_with_letters() {
    let letter = rule("shape", "shape = \"AD{7}A\"\ngroups = [\"1 7 1\"]");
    check(&letter, "it is X1234567L.", &["X1234567L"]);
    check(&letter, "it is x-1234567-l.", &["x-1234567-l"]);
    check(&letter, "it is XX1234567L", &[]);
    let six = rule("shape", "shape = \"A{6}X{2}AX{2}AX{3}A\"\ngroups = [\"3 3 5 5\"]");
    check(&six, "rssmra85t10a562s", &["rssmra85t10a562s"]);
    check(&six, "RSS MRA 85T10 A562S", &["RSS MRA 85T10 A562S"]);
    let open = rule("shape", "shape = \"AX{8}\"");
    check(&open, "of L01X00T47 and CFGHJ1230", &["L01X00T47", "CFGHJ1230"]);
}

#[test]
fn a_column_of_a_table_is_no_decimal_number() {
    let eight = rule("shape", "shape = \"D{8}\"");
    check(&eight, "12,12345678,Anne", &["12345678"]);
    check(&eight, "1985-05-12,12345678", &["12345678"]);
    check(&eight, "7,12345678,41,Anne", &["12345678"]);
    check(&eight, "it is 3,12345678", &[]);
    check(&eight, "it is 3.12345678", &[]);
    check(&eight, "it costs 12345678,50 in all", &[]);
}

#[test]
fn writing_it_in_groups_may_count_as_evidence() {
    let policy = rule(
        "shape",
        "shape = \"D{8}\"\ngroups = [\"4 4\"]\nconfidence = \"low\"\ngrouped = \"high\"\naction = { high = \"block\", low = \"flag\" }",
    );
    let engine = load(&policy);
    assert_eq!(scan(&engine, "1234 5678").action, Action::Block);
    assert_eq!(scan(&engine, "12345678").action, Action::Flag);
}

#[test]
fn patterns_may_begin_at_other_places_than_literals() {
    let start = |start: &str, pattern: &str| rule("pattern", &format!("start = \"{start}\"\npattern = '{pattern}'"));
    let mail = start("at-sign", r"[A-Za-z0-9._%+-]+@[a-z.-]+\.[a-z]{2,}\b");
    check(&mail, "to <ann.lee+x@example.org>, bob@example.org", &["ann.lee+x@example.org", "bob@example.org"]);
    check(&mail, "@ann @bob: at 5 @ noon", &[]);
    let line = start("filler", r"[A-Z0-9<]{20,}");
    check(&line, "scan:\nP<UTOERIKSSON<<ANNA<MARIA<<<<\nthanks", &["P<UTOERIKSSON<<ANNA<MARIA<<<<"]);
    check(&line, "x << 3; std::cout << x <<< 4", &[]);
    let long = start("long-word", r"[13][1-9A-HJ-NP-Za-km-z]{25,34}\b");
    check(&long, "pay 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa!", &["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]);
    check(&long, "x1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", &[]);
    let number = start("digits", r"\+[0-9]{2} ?[0-9]{9}\b");
    check(&number, "call +33 639981234 or (+33 639981235)", &["+33 639981234", "+33 639981235"]);
}

#[test]
fn a_list_of_values_may_be_one_finding() {
    let policy = rule("shape", "shape = \"D{8}\"\nthreshold = { count = 2, distinct = 2, joined = true }");
    check(&policy, "of 12345678 Anne, 23456789 Bob, 34567890 Eve", &["12345678 Anne, 23456789 Bob, 34567890 Eve"]);
    check(&policy, "of 12345678 Anne, 12345678 Bob", &[]);
}

const TOKEN: &str = "pattern = 'tok_[0-9A-Za-z]{8}\\b'";

#[test]
fn a_pattern_is_found_in_its_letter_case_only() {
    check(&rule("pattern", TOKEN), "it is tok_AbCd1234, keep it", &["tok_AbCd1234"]);
    check(&rule("pattern", TOKEN), "it is TOK_AbCd1234", &[]);
    check(&rule("pattern", TOKEN), "it is tok_AbCd12345", &[]);
}

#[test]
fn invisible_characters_do_not_save_a_token() {
    check(&rule("pattern", TOKEN), "é tok_AbC\u{200b}d1234 é", &["tok_AbC\u{200b}d1234"]);
}

#[test]
fn the_prefix_of_a_pattern_is_not_part_of_the_finding() {
    let policy = rule("pattern", "prefix = '(?i)(?:pass ?word|mdp)\\s*[:=]\\s*'\npattern = '\\S{6,}'");
    check(&policy, "Password : Sesame99 ok", &["Sesame99"]);
    check(&policy, "DB_PASSWORD=Sesame99", &["Sesame99"]);
    check(&policy, "mdp: Sésame99", &["Sésame99"]);
    check(&policy, "password forgotten", &[]);
}

#[test]
fn a_literal_may_begin_with_punctuation() {
    check(&rule("pattern", "pattern = '-----BEGIN KEY-----'"), "x\n-----BEGIN KEY-----\n", &["-----BEGIN KEY-----"]);
}

#[test]
fn terms_are_found_as_whole_words() {
    let terms = rule("terms", "terms = [\"opération tonnerre\", \"blue heron\"]");
    check(&terms, "OPERATION  TONNERRE et Blue-Heron", &["OPERATION  TONNERRE", "Blue-Heron"]);
    check(&terms, "blue herons", &[]);
}

#[test]
fn required_context_must_be_near() {
    let policy =
        rule("shape", "shape = \"D{9}\"\ncontext = { words = [\"staff number\"], within = 30, required = true }");
    check(&policy, "staff number: 123456789", &["123456789"]);
    check(&policy, "the number is 123456789", &[]);
    check(&policy, "staff number, which I was told on the phone by a friend: 123456789", &[]);
}

#[test]
fn one_value_in_two_places_is_one_finding() {
    let engine = load(&rule("terms", "terms = [\"blue heron\"]"));
    let fields = [Field { text: "Blue Heron", form: Form::Prose }, Field { text: "see blue-heron", form: Form::Prose }];
    let outcome = engine.scan(&mut Scratch::new(), &fields, &Attributes::default());
    assert_eq!(outcome.findings.len(), 1);
    assert_eq!(outcome.findings[0].places.len(), 2);
}

#[test]
fn exceptions_let_values_rooms_and_senders_pass() {
    let policy = rule(
        "terms",
        "terms = [\"blue heron\", \"red kite\"]\nexcept = { values = [\"Red-Kite\"], rooms = [\"!a:x\"], servers = [\"y.org\"] }",
    );
    check(&policy, "blue heron, red kite", &["blue heron"]);
    let engine = load(&policy);
    let field = [Field { text: "blue heron", form: Form::Prose }];
    let passes = |attributes| engine.scan(&mut Scratch::new(), &field, &attributes).action == Action::Allow;
    assert!(passes(Attributes { room: Some("!a:x"), ..Attributes::default() }));
    assert!(passes(Attributes { sender: Some("@me:y.org"), ..Attributes::default() }));
    assert!(!passes(Attributes { room: Some("!b:x"), sender: Some("@me:z.org"), ..Attributes::default() }));
}

#[test]
fn a_room_may_carry_a_marking_up_to_its_level_and_caveats() {
    let policy = format!(
        "{}[[carry]]\nrooms = [\"!a:x\"]\nissuer = \"xx\"\nlevel = 1\n",
        rule(
            "marking",
            "marking = { issuer = \"xx\", level = 1 }\nphrases = [\"top hush\"]\ncaveats = { local = [\"US\"] }"
        )
    );
    let engine = load(&policy);
    let action = |text, room| {
        let field = [Field { text, form: Form::Prose }];
        engine.scan(&mut Scratch::new(), &field, &Attributes { room: Some(room), ..Attributes::default() }).action
    };
    assert_eq!(action("TOP HUSH", "!a:x"), Action::Allow);
    assert_eq!(action("TOP HUSH", "!b:x"), Action::Block);
    assert_eq!(action("TOP HUSH - US", "!a:x"), Action::Block);
}

#[test]
fn observing_and_experimental_rules_only_flag_and_say_what_they_would_do() {
    for policy in [
        format!("[policy]\nmode = \"observe\"\n{}", rule("terms", "terms = [\"blue heron\"]")),
        rule("terms", "maturity = \"experimental\"\nterms = [\"blue heron\"]"),
    ] {
        let outcome = scan(&load(&policy), "blue heron");
        assert_eq!((outcome.action, outcome.would), (Action::Flag, Action::Block));
    }
}

#[test]
fn a_threshold_counts_different_values() {
    let policy = rule("terms", "threshold = { count = 3, distinct = 2 }\nterms = [\"blue heron\", \"red kite\"]");
    check(&policy, "blue heron, blue heron, blue heron", &[]);
    check(&policy, "blue heron, red kite", &[]);
    check(&policy, "blue heron, red kite, red kite", &["blue heron", "red kite", "red kite"]);
}

#[test]
fn a_finding_inside_a_heavier_one_is_dropped() {
    let policy = format!(
        "{}\n{}",
        rule("terms", "terms = [\"red kite\"]"),
        rule("terms", "terms = [\"old red kite farm\"]").replace("a.rule", "b.rule").replace("high", "critical")
    );
    check(&policy, "the old red kite farm", &["old red kite farm"]);
}

/// Each was found by the differential test: a rule held a place that the cheap questions before it did not let through.
#[test]
fn what_is_hidden_is_read_wherever_it_hides() {
    let terms = rule("terms", "terms = [\"blueheron\"]");
    // Other letters apart stand in the same block of 64 bytes.
    check(&terms, "a b c at B L U E H E R O N", &["B L U E H E R O N"]);
    // Letters of two bytes each.
    check(&rule("terms", "terms = [\"ждилющ\"]"), "Ж Д И Л Ю Щ", &["Ж Д И Л Ю Щ"]);
    // The sign before the pattern's first word is what was encoded.
    check(&rule("pattern", "pattern = '-----BEGIN [A-Z]+'"), "---%2D-BEGIN KEY", &["---%2D-BEGIN KEY"]);
    // The slip is in the first word, which is cut, and the second is right.
    let marking = "marking = { issuer = \"xx\", level = 1 }\nphrases = [\"hushed papers\"]\ntypos = {}";
    check(&rule("marking", marking), "H*USHE PAPERS", &["H*USHE PAPERS"]);
}

#[test]
fn a_marking_that_goes_on_over_a_line_end_hides_nothing_and_what_it_holds_does() {
    let marking = |id: &str, phrases: &str| {
        rule("marking", &format!("marking = {{ issuer = \"{id}\", level = 1 }}\nphrases = {phrases}"))
            .replace("a.rule", &format!("{id}.rule"))
    };
    let policy = [marking("xx", "[\"xx-hush\", \"xx-hush kept close\"]"), marking("yy", "[\"hush\"]")].join("\n");
    let outcome = scan(&load(&policy), "XX-HUSH\nKEPT CLOSE");
    let rules: Vec<u32> = outcome.findings.iter().map(|finding| finding.rule).collect();
    assert_eq!(rules, [0]);
}
