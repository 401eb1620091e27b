use super::*;
use crate::text::FoldBuffer;

/// Every marking that the grammar reads in a text, as `issuer level caveats «marking»`.
fn read(name: &str, text: &str) -> Vec<String> {
    let grammar = find(name).into_iter().next().map_or(&GRAMMARS[0], |found| found);
    let mut buffer = FoldBuffer::new();
    let folded = buffer.fold(text);
    let mut found = Vec::new();
    let mut end = 0;
    for at in 0..folded.bytes().len() {
        let begins = at == 0 || !crate::gate::is_word(folded.bytes()[at - 1]);
        let is_head = grammar.heads.iter().any(|head| folded.bytes()[at..].starts_with(head.as_bytes()));
        if !begins || !is_head || at < end {
            continue;
        }
        if let Some(parsed) = (grammar.parse)(folded, at) {
            end = parsed.span.end;
            let marking = &text[folded.to_original(parsed.span.clone())];
            found.push(format!("{} {} {} «{marking}»", parsed.issuer, parsed.level, parsed.caveats.join(" ")));
        }
    }
    found
}

#[track_caller]
fn check(grammar: &str, rows: &[(&str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| read(grammar, text) != *expected)
        .map(|(text, expected)| format!("{text:?}\n  read {:?}\n  not  {expected:?}", read(grammar, text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn banner_lines() {
    check(
        "capco",
        &[
            ("TOP SECRET//SI/TK//NOFORN", &["us 4 noforn si tk «TOP SECRET//SI/TK//NOFORN»"]),
            (
                "SECRET//FRD-SIGMA 14 18//REL TO USA, ACGU",
                &["us 3 frd-sigma-14-18 rel-to-usa-acgu «SECRET//FRD-SIGMA 14 18//REL TO USA, ACGU»"],
            ),
            ("SECRET//REL TO USA, FVEY", &["us 3 rel-to-usa-fvey «SECRET//REL TO USA, FVEY»"]),
            ("UNCLASSIFIED//FOUO/NOFORN", &["us 1 fouo noforn «UNCLASSIFIED//FOUO/NOFORN»"]),
            ("SECRET//FGI NATO GBR//NOFORN brief", &["us 3 fgi-nato-gbr noforn «SECRET//FGI NATO GBR//NOFORN»"]),
            (
                "TOP SECRET//SI-G ABCD EFGH/TK-BLFH//ORCON/NOFORN",
                &["us 4 noforn orcon si-g-abcd-efgh tk-blfh «TOP SECRET//SI-G ABCD EFGH/TK-BLFH//ORCON/NOFORN»"],
            ),
            (
                "TOP SECRET//SAR-BUTTER POPCORN//NOFORN",
                &["us 4 noforn sar-butter-popcorn «TOP SECRET//SAR-BUTTER POPCORN//NOFORN»"],
            ),
            ("TOP SECRET//SAR-BP//NOFORN", &["us 4 noforn sar-bp «TOP SECRET//SAR-BP//NOFORN»"]),
            ("secret//noforn, sorry", &["us 3 noforn «secret//noforn»"]),
            ("TOP SECRET//UMBRA//NOFORN", &["us 4 noforn «TOP SECRET//UMBRA//NOFORN»"]),
            ("SECRET/NOFORN draft", &["us 3 noforn «SECRET/NOFORN»"]),
            ("SECRET_NOFORN_brief.pptx", &["us 3 noforn «SECRET_NOFORN»"]),
            ("TOP SECRET-SI-NOFORN v2.pptx", &["us 4 noforn si «TOP SECRET-SI-NOFORN»"]),
            ("TS_SI_NF_readout.docx", &["us 4 noforn si «TS_SI_NF»"]),
            ("SECRET//FRD-SIGMA 14 component list", &["us 3 frd-sigma-14 «SECRET//FRD-SIGMA 14»"]),
            ("SECRET // NOFORN", &["us 3 noforn «SECRET // NOFORN»"]),
            ("intel_update_TS-SI-NF.pptx", &["us 4 noforn si «TS-SI-NF»"]),
            ("BDA_PINE_S--NF.pptx", &["us 3 noforn «S--NF»"]),
            ("UNCLASSIFIED//CUI header", &["us 1 cui «UNCLASSIFIED//CUI»"]),
            ("U//CUI//SP-PRVCY roster", &["us 1 cui sp-prvcy «U//CUI//SP-PRVCY»"]),
            ("SECRET//NOFORN//20301231", &["us 3 declassify-on noforn «SECRET//NOFORN//20301231»"]),
            ("SECRET//X1 cable", &["us 3 declassify-on «SECRET//X1»"]),
            (
                "Secret//Noforn//Declassify On: 20490815 so watch it",
                &["us 3 declassify-on noforn «Secret//Noforn//Declassify On: 20490815»"],
            ),
        ],
    );
}

#[test]
fn portion_marks() {
    check(
        "capco",
        &[
            ("(S//NF) Two crews deploy on the 14th", &["us 3 noforn «(S//NF)»"]),
            ("(TS//SI//NF) text", &["us 4 noforn si «(TS//SI//NF)»"]),
            ("FYI this is U//FOUO so keep it", &["us 1 fouo «U//FOUO»"]),
            ("(S//REL TO USA, ACGU) text", &["us 3 rel-to-usa-acgu «(S//REL TO USA, ACGU)»"]),
            ("(S//REL) text", &["us 3 rel-to «(S//REL)»"]),
            ("(S/NF) text", &["us 3 noforn «(S/NF)»"]),
            ("(//DEU S//REL TO USA, DEU) text", &["de 3 rel-to-usa-deu «(//DEU S//REL TO USA, DEU)»"]),
            ("(//GBR S) text", &["uk 3  «(//GBR S)»"]),
        ],
    );
}

#[test]
fn markings_of_others_in_the_same_form() {
    check(
        "capco",
        &[
            ("//DEU SECRET//REL TO USA, DEU", &["de 3 rel-to-usa-deu «//DEU SECRET//REL TO USA, DEU»"]),
            (
                "//JOINT SECRET CAN GBR USA//REL TO USA, CAN, GBR",
                &["us 3 joint-can-gbr-usa rel-to-usa-can-gbr «//JOINT SECRET CAN GBR USA//REL TO USA, CAN, GBR»"],
            ),
            ("SECRET//AUSTEO", &["au 3 austeo «SECRET//AUSTEO»"]),
            ("SECRET//CANADIAN EYES ONLY", &["ca 3 canadian-eyes-only «SECRET//CANADIAN EYES ONLY»"]),
            ("SECRET//CEO", &["ca 3 canadian-eyes-only «SECRET//CEO»"]),
            ("SECRET UK/US EYES ONLY\nTrials", &["uk 3 uk-us-eyes-only «SECRET UK/US EYES ONLY»"]),
            (
                "SECRET\n\nUK/CAN/AUS/NZ/US EYES ONLY\n\nObservations",
                &["uk 3 uk-can-aus-nz-us-eyes-only «SECRET\n\nUK/CAN/AUS/NZ/US EYES ONLY»"],
            ),
            ("SECRET UK EYES ONLY para 7", &["uk 3 uk-eyes-only «SECRET UK EYES ONLY»"]),
            ("TOP SECRET STRAP2 draft", &["uk 4 strap2 «TOP SECRET STRAP2»"]),
            (
                "SECRET AUS/CAN/GBR/NZL/USA EYES ONLY",
                &["us 3 aus-can-gbr-nzl-usa-eyes-only «SECRET AUS/CAN/GBR/NZL/USA EYES ONLY»"],
            ),
        ],
    );
}

#[test]
fn what_only_looks_like_a_banner() {
    check(
        "capco",
        &[
            ("https://secret//broken.example", &[]),
            ("see https://confidential//noforn.example", &[]),
            ("// TODO SECRET handling", &[]),
            ("// SECRET handling", &[]),
            ("it's//not", &[]),
            ("s/NF/nf/ in sed", &[]),
            ("UNCLASSIFIED", &[]),
            ("UNCLASSIFIED//APPROVED FOR PUBLIC RELEASE", &[]),
            ("options (S), (M), (L) in stock", &[]),
            ("the secret can be found", &[]),
            ("TS/SCI clearance", &[]),
            ("U/S exchange rate, C/O Mr Smith, S/N 1234", &[]),
            ("GBR SECRET", &[]),
            ("NATO CONFIDENTIAL REL TO EU - minutes", &[]),
            ("top secret chili recipe", &[]),
            ("SECRET\nNATO meets on Monday", &[]),
            ("pieces S--M--L", &[]),
            ("part (C-DS), plug S-1, s-nf and S-OC, part S/NF-2207", &[]),
        ],
    );
}

#[test]
fn controlled_unclassified_information() {
    check(
        "cui",
        &[
            ("CUI//SP-CTI//NOFORN drawing rev C", &["us 1 cui noforn sp-cti «CUI//SP-CTI//NOFORN»"]),
            ("CONTROLLED//SP-PRVCY roster.xlsx", &["us 1 cui sp-prvcy «CONTROLLED//SP-PRVCY»"]),
            ("(CUI//SP-CTI/PRVCY//NF)", &["us 1 cui noforn prvcy sp-cti «(CUI//SP-CTI/PRVCY//NF)»"]),
            ("CUI//MIL", &["us 1 cui mil «CUI//MIL»"]),
            ("CUI/SP-CTI", &["us 1 cui sp-cti «CUI/SP-CTI»"]),
            ("CUI//FED ONLY", &["us 1 cui fed-only «CUI//FED ONLY»"]),
            ("CUI bono?", &[]),
            ("CUI/GUI toolkits", &[]),
            ("CONTROLLED//", &[]),
        ],
    );
}

#[test]
fn markings_of_nato() {
    check(
        "capco-nato",
        &[
            ("(//NS//ATOMAL//OC) text", &["nato 3 atomal orcon «(//NS//ATOMAL//OC)»"]),
            ("(//CTS//BOHEMIA)", &["nato 4 bohemia «(//CTS//BOHEMIA)»"]),
            ("//NATO SECRET//ATOMAL//ORCON", &["nato 3 atomal orcon «//NATO SECRET//ATOMAL//ORCON»"]),
            ("//COSMIC TOP SECRET//BOHEMIA", &["nato 4 bohemia «//COSMIC TOP SECRET//BOHEMIA»"]),
            (
                "NATO SECRET//REL TO NATO, AUT, CHE: three at sea",
                &["nato 3 rel-to-nato-aut-che «NATO SECRET//REL TO NATO, AUT, CHE»"],
            ),
            ("NATO CONFIDENTIAL REL TO EU - minutes", &["nato 2 rel-to-eu «NATO CONFIDENTIAL REL TO EU»"]),
            ("SECRET//NOFORN", &[]),
            ("NATO SECRET", &[]),
            ("NATO secret, rel to our chat", &[]),
        ],
    );
}

#[test]
fn lists_of_countries() {
    check(
        "releasability",
        &[
            ("REL TO USA, FVEY", &["five-eyes 1 rel-to-usa-fvey «REL TO USA, FVEY»"]),
            ("rel to usa, gbr: left on the 2nd", &["five-eyes 1 rel-to-usa-gbr «rel to usa, gbr»"]),
            ("GBR/USA EYES ONLY memo", &["five-eyes 1 gbr-usa-eyes-only «GBR/USA EYES ONLY»"]),
            (
                "AUS/CAN/GBR/NZL/USA EYES ONLY",
                &["five-eyes 1 aus-can-gbr-nzl-usa-eyes-only «AUS/CAN/GBR/NZL/USA EYES ONLY»"],
            ),
            ("AUSCANNZUKUS EYES ONLY plan", &["five-eyes 1 auscannzukus-eyes-only «AUSCANNZUKUS EYES ONLY»"]),
            ("UK/US EYES ONLY draft", &["uk 1 uk-us-eyes-only «UK/US EYES ONLY»"]),
            ("rel to our chat", &[]),
            ("USA, GBR and CAN qualified", &[]),
            ("we can see", &[]),
        ],
    );
}

#[test]
fn authority_blocks() {
    check(
        "classification-authority",
        &[
            (
                "Classified By: 1234567 / Derived From: SCG 12-3 / Declassify On: 20490101",
                &["us 2  «Classified By: 1234567 / Derived From: SCG 12-3 / Declassify On: 20490101»"],
            ),
            (
                "Derived from: Multiple Sources\nDeclassify on: 20501231\nthanks",
                &["us 2  «Derived from: Multiple Sources\nDeclassify on: 20501231»"],
            ),
            ("Derived from: base class", &[]),
            ("Declassify On: and Derived From: lines explained", &[]),
            (
                "CLASSIFIED BY: AMB. ROE, REASONS 1.4 (B) AND (D)\n1. (C) SUMMARY",
                &["us 2  «CLASSIFIED BY: AMB. ROE, REASONS 1.4 (B) AND (D)»"],
            ),
            (
                "Derived From: Multiple Sources\nDeclassify On: 25X1 <- in the corner?",
                &["us 2  «Derived From: Multiple Sources\nDeclassify On: 25X1»"],
            ),
            ("Classified by: genre, then by author", &[]),
            ("classified by the committee", &[]),
        ],
    );
    check(
        "cui-designation",
        &[
            (
                "Controlled by: OUSD(I&S)\nCUI Category: CTI\nPOC: 555-0100",
                &["us 1 cui «Controlled by: OUSD(I&S)\nCUI Category: CTI\nPOC: 555-0100»"],
            ),
            ("Controlled by: the thermostat", &[]),
        ],
    );
}

#[test]
fn australian_email_markings() {
    check(
        "australian-email",
        &[
            ("Re: tender [SEC=PROTECTED, CAVEAT=SH:CABINET]", &["au 2 cabinet «[SEC=PROTECTED, CAVEAT=SH:CABINET]»"]),
            (
                "[SEC=OFFICIAL:Sensitive, ACCESS=Personal-Privacy] roster",
                &["au 1 personal-privacy «[SEC=OFFICIAL:Sensitive, ACCESS=Personal-Privacy]»"],
            ),
            ("X-Protective-Marking: VER=2025.1, NS=gov.au, SEC=TOP-SECRET", &["au 4  «SEC=TOP-SECRET»"]),
            ("[SEC=SECRET, CAVEAT=RI:AUSTEO]", &["au 3 austeo «[SEC=SECRET, CAVEAT=RI:AUSTEO]»"]),
            ("[DLM=For-Official-Use-Only]", &["au 1 for-official-use-only «[DLM=For-Official-Use-Only]»"]),
            ("lunch [SEC=UNOFFICIAL]", &[]),
            ("[SEC=OFFICIAL] newsletter", &[]),
            ("set SEC=5 in the timer", &[]),
        ],
    );
}

#[test]
fn paragraphs_with_bare_marks() {
    check(
        "capco-paragraphs",
        &[
            ("(U) The exercise starts on Monday.\n(S) Two crews will deploy on the 14th.", &["us 3  «(S)»"]),
            ("(S) (M) (L) in stock", &[]),
            ("(C) 2026 ACME", &[]),
            ("page 3 starts \"(S) The radar is blind below the ridge\"", &["us 3  «(S)»"]),
            ("\"(S) small size for the kids\"", &[]),
            ("\"(C) All rights reserved by their owners\"", &[]),
            ("(A) first of the lot\n(B) second of the lot\n(C) third of the lot", &[]),
        ],
    );
}

#[test]
fn paragraphs_of_nato() {
    check(
        "capco-nato-paragraphs",
        &[
            ("(NR) 4. Fuel is below the reserve.\n(NU) 5. The padre visits on Sunday.", &["nato 1  «(NR)»"]),
            ("the line was \"(NS) The Alliance has fewer than nine days\"", &["nato 3  «(NS)»"]),
            ("(NS) is the name server", &[]),
            ("(NR)\n(NC)", &[]),
        ],
    );
}
