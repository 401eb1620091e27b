//! HTML: what its reader sees, what its markup holds, and the way back to the source.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use filter_matrix::html::{PieceKind, Renderer};
use proptest::prelude::*;

#[track_caller]
fn check(source: &str, text: &str) {
    check_pieces(source, text, &[]);
}

/// The text between the tags, and every other piece.
#[track_caller]
fn check_pieces(source: &str, text: &str, others: &[(PieceKind, &str)]) {
    let mut renderer = Renderer::default();
    let rendered = renderer.render(source);
    assert_eq!(rendered.text(), text, "{source}");
    let found: Vec<_> = rendered.pieces().skip(1).map(|piece| (piece.kind(), piece.text())).collect();
    assert_eq!(found, others, "{source}");
}

/// The part of the rendered text in `[…]` comes from this part of the source.
#[track_caller]
fn check_source(source: &str, marked: &str, origin: &str) {
    let start = marked.find('[').unwrap();
    let end = marked.find(']').unwrap() - 1;
    let mut renderer = Renderer::default();
    let rendered = renderer.render(source);
    assert_eq!(rendered.text(), marked.replace(['[', ']'], ""), "{source}");
    assert_eq!(&source[rendered.to_source(start..end)], origin, "{source}");
}

use PieceKind::{Attribute, Comment, Tag};

#[test]
fn inline_tags_vanish_without_a_space() {
    check("DIFF<b>US</b>ION <i>RES</i><span></span>TREINTE", "DIFFUSION RESTREINTE");
    check("<strong/>a<B >b</B\n>c", "abc");
}

#[test]
fn blocks_break_the_line_once() {
    check("<p>one</p><p>two<br/>three</p>", "\none\ntwo\nthree\n");
    check("<mx-reply><blockquote>q</blockquote></mx-reply>a", "\nq\na");
    check("<ul><li>a</li>\n<LI>b</ul>", "\na\n\nb\n");
    check("<h1>t</h1>x<hr>y<pre><code>z</code></pre>", "\nt\nx\ny\nz\n");
}

#[test]
fn cells_stand_apart() {
    check("<table><tr><th>a</th><th>b</th></tr><tr><td>c<td>d</tr></table>", "\na\tb\t\nc\td\n");
}

#[test]
fn references_are_decoded() {
    check("&lt;b&gt; &amp;amp; &quot;x&quot; &apos;", "<b> &amp; \"x\" '");
    check(
        "d&eacute;fense &Eacute;tat &nbsp;&shy;&zwj;&zwnj;&ZeroWidthSpace;&hellip;",
        "défense État \u{a0}\u{ad}\u{200d}\u{200c}\u{200b}…",
    );
    check("&ensp;&thinsp;&mdash;&laquo;&euro;&DD;&fflig;&NotEqualTilde;", "\u{2002}\u{2009}—«€ⅅﬀ≂̸");
    check("&#68;&#x52;&#X52;&#0068;&#233;", "DRRDé");
}

#[test]
fn references_may_lack_their_semicolon_where_browsers_take_them() {
    check("d&eacutefense &copy2 &notit; &notin; &ampx", "défense ©2 ¬it; ∉ &x");
    check("&#68R &#x52 R &hellipx &DDx", "DR R R &hellipx &DDx");
}

#[test]
fn numbers_follow_windows_1252_and_never_make_a_bad_character() {
    check(
        "&#x80;&#150;&#x81;&#0;&#xD800;&#x110000;&#99999999999999999999;",
        "€–\u{81}\u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    );
}

#[test]
fn a_lone_ampersand_is_text() {
    check("a & b &; &# &#; &#x; &#xg; &unknown; &é &", "a & b &; &# &#; &#x; &#xg; &unknown; &é &");
}

#[test]
fn what_is_no_tag_is_text() {
    check("1 < 2 <3 <é> << <", "1 < 2 <3 <é> << <");
    check("a <", "a <");
    check("a </", "a </");
}

#[test]
fn a_tag_that_never_ends_is_text() {
    check("x <b DIFFUSION RESTREINTE", "x <b DIFFUSION RESTREINTE");
    check("x <a title=\"DR> &eacute;<b>y</b>", "x <a title=\"DR> é<b>y</b>");
    check("x <b>y</b> <i", "x y <i");
    check("x <img alt='&eacute;' src=\"y", "x <img alt='é' src=\"y");
}

#[test]
fn values_of_attributes_are_pieces() {
    check_pieces(
        "<a href=\"https://x.org/?a=1&amp;b=2\" title='NATO &gt; &eacute;'>x</a>",
        "x",
        &[(Attribute, "https://x.org/?a=1&b=2"), (Attribute, "NATO > é")],
    );
    check_pieces(
        "<span data-mx-spoiler=DR data-mx-maths = \"x > y\">z</span>",
        "z",
        &[(Attribute, "DR"), (Attribute, "x > y")],
    );
    check_pieces("<img src=mxc://x/y alt=>", "", &[(Attribute, "mxc://x/y")]);
    check_pieces("<img alt=\"\" hidden src='a'title='b'/>", "", &[(Attribute, "a"), (Attribute, "b")]);
    check_pieces("</b title='DR'>", "", &[(Attribute, "DR")]);
}

#[test]
fn in_an_attribute_a_bare_name_before_a_letter_is_no_reference() {
    check_pieces("<a href='?a=1&copy=2&copy2&copy;&copy'>x</a>", "x", &[(Attribute, "?a=1&copy=2&copy2©©")]);
}

#[test]
fn comments_are_pieces() {
    check_pieces("a<!-- DR -->b", "ab", &[(Comment, " DR ")]);
    check_pieces("a<!-- <b>x</b> --!>b", "ab", &[(Comment, " <b>x</b> ")]);
    check_pieces("a<!--->b<!-->c", "abc", &[]);
    check_pieces("a<!---->b<!-- - -- > -->c", "abc", &[(Comment, " - -- > ")]);
    check_pieces(
        "a<!DR>b<?DR?>c</ DR>d</>e<![CDATA[DR]]>f",
        "abcdef",
        &[(Comment, "DR"), (Comment, "DR?"), (Comment, " DR"), (Comment, "[CDATA[DR]]")],
    );
    check_pieces("a<!-- DR", "a", &[(Comment, " DR")]);
    check_pieces("a<!DR", "a", &[(Comment, "DR")]);
    check_pieces("a</éDR", "a", &[(Comment, "éDR")]);
}

#[test]
fn a_name_that_is_not_html_is_a_piece() {
    check_pieces("<DIFFUSION RESTREINTE>", "", &[(Tag, "DIFFUSION RESTREINTE")]);
    check_pieces("a<b SECRET>b</b>", "ab", &[(Tag, "b SECRET")]);
    check_pieces("a<secret title='x'/>b", "ab", &[(Attribute, "x"), (Tag, "secret title='x'/")]);
    check_pieces("a</defense>b", "ab", &[(Tag, "defense")]);
    check_pieces("<b é=1>", "", &[(Attribute, "1"), (Tag, "b é=1")]);
}

#[test]
fn scripts_and_styles_are_text() {
    check("<script>var x = 'DR'</script><style>b{}</style>y", "var x = 'DR'b{}y");
}

#[test]
fn text_without_markup_is_not_copied() {
    let source = String::from("diffusion > restreinte");
    let mut renderer = Renderer::default();
    let text = renderer.render(&source).text();
    assert_eq!((text, text.as_ptr()), (source.as_str(), source.as_ptr()));
}

#[test]
fn ranges_map_back_to_whole_constructions() {
    check_source("DIFF<b>US</b>ION", "[DIFFUSION]", "DIFF<b>US</b>ION");
    check_source("DIFF<b>US</b>ION", "DIFF[US]ION", "US");
    check_source("a <b>DR</b> b", "a [DR] b", "DR");
    check_source("<p>d&eacute;fense</p>", "\n[défense]\n", "d&eacute;fense");
    check_source("<p>d&eacute;fense</p>", "\nd[é]fense\n", "&eacute;");
    check_source("a<br>b", "a[\n]b", "<br>");
    check_source("a<p>b", "[a\nb]", "a<p>b");
    check_source("x<!-- y -->z", "x[z]", "z");
    check_source("x<!-- y -->z", "[xz]", "x<!-- y -->z");
    check_source("&lt;&gt;", "[<]>", "&lt;");
    check_source("&NotEqualTilde;x", "[≂̸]x", "&NotEqualTilde;");
}

#[test]
fn a_range_in_an_attribute_maps_into_it() {
    let source = "<a title=\"a &eacute; DR\" href='https://DR'>x</a>";
    let mut renderer = Renderer::default();
    let origins: Vec<_> = renderer
        .render(source)
        .pieces()
        .skip(1)
        .map(|piece| {
            let at = piece.text().find("DR").unwrap();
            piece.to_source(at..at + 2)
        })
        .collect();
    let first = source.find("DR").unwrap();
    let second = source.rfind("DR").unwrap();
    assert_eq!(origins, [first..first + 2, second..second + 2]);
}

#[test]
fn ranges_out_of_bounds_are_cut_down() {
    let mut renderer = Renderer::default();
    for source in ["", "é", "é<b>", "<b>é&amp;"] {
        let rendered = renderer.render(source);
        for (start, end) in [(0, 99), (99, 0), (1, 1), (99, 99), (1, 2), (usize::MAX, usize::MAX)] {
            let range = rendered.to_source(start..end);
            assert!(source.get(range.clone()).is_some(), "{source} {range:?}");
        }
    }
}

#[test]
fn hostile_sources_take_linear_time() {
    // A quadratic reading of a megabyte takes minutes.
    for scrap in
        ["<a ", "<a title='", "<!--", "&", "&#", "&aa;", "&notit", "<", "</", "<!-- - -- >", "<b c=", "<a '\"", "--!>"]
    {
        let source = scrap.repeat((1 << 20) / scrap.len());
        let mut renderer = Renderer::default();
        let rendered = renderer.render(&source);
        assert!(rendered.pieces().map(|piece| piece.text().len()).sum::<usize>() > 0, "{scrap}");
    }
}

// Properties.

/// What one character of the rendered text may come from: itself, a reference that means it, or a tag that breaks the line.
fn explains(origin: &str, character: char) -> bool {
    let separator = matches!(character, '\n' | '\t') && origin.starts_with('<') && origin.ends_with('>');
    separator
        || origin.chars().eq([character])
        || (origin.starts_with('&') && Renderer::default().render(origin).text().contains(character))
}

fn check_map(source: &str) -> Result<(), TestCaseError> {
    let mut renderer = Renderer::default();
    for piece in renderer.render(source).pieces() {
        let text = piece.text();
        let mut last = 0..0;
        for (at, character) in text.char_indices() {
            let range = piece.to_source(at..at + character.len_utf8());
            prop_assert!(source.get(range.clone()).is_some(), "{:?} of {:?}", range, source);
            prop_assert!(
                range.start >= last.start && range.end >= last.end && !range.is_empty(),
                "{:?} {:?}",
                last,
                range
            );
            // The origins of two characters are apart, or the same where one reference means both.
            prop_assert!(range.start >= last.end || range == last);
            if piece.kind() != PieceKind::Attribute {
                prop_assert!(explains(&source[range.clone()], character), "{:?} of {:?}", &source[range], source);
            }
            last = range;
        }
    }
    Ok(())
}

fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "a",
        "DR",
        " ",
        "\n",
        "é",
        "😀",
        "<",
        ">",
        "</",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br/>",
        "<td>",
        "<!--",
        "-->",
        "<!",
        "<?",
        "&",
        "&amp;",
        "&eacute",
        "&not",
        "&NotEqualTilde;",
        "&#68;",
        "&#x",
        ";",
        "=",
        "\"",
        "'",
        "<a title=\"",
        "<a href='x&amp;y'>",
        "<x y>",
        "/",
        "-",
        "3",
    ]);
    prop::collection::vec(scrap, 0..30).prop_map(|scraps| scraps.concat())
}

/// Sources in which every construction is whole, so that a slice between two of them means what it meant.
fn whole_constructions() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "a",
        "DR ",
        "é",
        "😀",
        "\n",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<br/>",
        "<td>",
        "<!-- x -->",
        "&amp;",
        "&eacute;",
        "&#68;",
        " & ",
        " < ",
        "<a title='x>y'>",
        "<img alt=\"&lt;\">",
    ]);
    prop::collection::vec(scrap, 0..30).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_character_has_its_origin(source in scraps()) {
        check_map(&source)?;
    }

    #[test]
    fn any_text_has_a_rendering(source in any::<String>()) {
        check_map(&source)?;
    }

    #[test]
    fn text_without_markup_is_itself(source in any::<String>()) {
        let source = source.replace(['<', '&'], "");
        let mut renderer = Renderer::default();
        let rendered = renderer.render(&source);
        prop_assert_eq!(rendered.text(), &source);
        prop_assert_eq!(rendered.to_source(0..source.len()), 0..source.len());
    }

    #[test]
    fn the_origin_of_a_range_renders_to_the_range(source in whole_constructions(), ends in any::<[prop::sample::Index; 2]>()) {
        let mut renderer = Renderer::default();
        let rendered = renderer.render(&source);
        let text = rendered.text();
        let boundaries: Vec<_> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let mut ends = ends.map(|end| boundaries[end.index(boundaries.len())]);
        ends.sort();
        let origin = &source[rendered.to_source(ends[0]..ends[1])];
        let mut again = Renderer::default();
        prop_assert!(again.render(origin).text().contains(&text[ends[0]..ends[1]]), "{:?} of {:?}", origin, source);
    }
}
