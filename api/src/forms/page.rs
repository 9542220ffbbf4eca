//! A form as a page that prints as the spreadsheet does: no script, one style, no picture but drawn signatures and those that
//! a report shows.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::{Cell, Form, Paper, Pictured};

const STYLE: &str = "\
body{font-family:\"Noto Serif CJK SC\",SimSun,serif;font-size:10.5pt;color:#000;background:#fff}\
h1{font-size:16pt;text-align:center;margin:0 0 4mm}\
p{margin:1mm 0;white-space:pre-wrap}\
table{border-collapse:collapse;width:100%;margin:2mm 0}\
th,td{border:1px solid #000;padding:1mm;text-align:center;height:6mm}\
thead{display:table-header-group}\
tr{break-inside:avoid}\
figure{display:inline-block;width:46%;margin:2mm 1%;break-inside:avoid}\
figure img{width:100%}\
.signature{break-inside:avoid;min-height:14mm}\
.signature img{height:14mm;vertical-align:middle}";

fn style(paper: Paper) -> String {
    let lies = match paper {
        Paper::Landscape => "landscape",
        Paper::Portrait => "portrait",
    };
    format!("@page{{size:A4 {lies};margin:12mm}}{STYLE}")
}

/// The page's Content-Security-Policy: its style by hash (CSP Level 3), pictures that stand in it, and nothing else.
pub(super) fn policy(form: &Form) -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(style(form.paper)));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; frame-ancestors 'none'; sandbox allow-modals"
    )
}

/// The page.
pub(super) fn draw(form: &Form, pictures: &[Pictured]) -> String {
    let (title, style) = (escaped(&form.title), style(form.paper));
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    );
    for line in &form.above {
        page.push_str(&format!("<p>{}</p>\n", escaped(line)));
    }
    page.push_str("<table>\n<thead><tr>");
    for column in &form.columns {
        page.push_str(&format!("<th>{}</th>", escaped(&column.heading)));
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for row in &form.rows {
        page.push_str("<tr>");
        for cell in row {
            match cell {
                Cell::Blank => page.push_str("<td></td>"),
                Cell::Number(number) => page.push_str(&format!("<td>{number}</td>")),
                Cell::Text(text) => page.push_str(&format!("<td>{}</td>", escaped(text))),
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
    for line in &form.below {
        page.push_str(&format!("<p>{}</p>\n", escaped(line)));
    }
    for Pictured { text, jpeg } in pictures {
        let (text, jpeg) = (escaped(text), BASE64_STANDARD.encode(jpeg));
        page.push_str(&format!(
            "<figure><img alt=\"{text}\" src=\"data:image/jpeg;base64,{jpeg}\"><figcaption>{text}</figcaption></figure>\n"
        ));
    }
    for signed in &form.signatures {
        page.push_str(&format!("<p class=\"signature\">{}", escaped(&signed.text)));
        if let Some(png) = &signed.drawing {
            let png = BASE64_STANDARD.encode(png);
            page.push_str(&format!(" <img alt=\"签名\" src=\"data:image/png;base64,{png}\">"));
        }
        page.push_str("</p>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Text as HTML has it; a new line is a break.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push_str("<br>"),
            other => html.push(other),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Column, SignedBy};

    #[test]
    fn what_people_typed_is_text_and_never_markup() {
        let form = Form {
            name: "x".into(),
            paper: Paper::Portrait,
            title: "<b>&".into(),
            above: vec!["\"a\"".into()],
            columns: vec![Column::new("列<", 5)],
            rows: vec![
                vec![Cell::Text("<script>alert('1')</script>\n二".into())],
                vec![Cell::Number(7)],
                vec![Cell::Blank],
            ],
            below: vec!["</p>".into()],
            signatures: vec![SignedBy { text: "<i>".into(), drawing: Some(b"png".as_slice().into()) }],
        };
        let shown = Pictured { text: "<u>".into(), jpeg: b"jpg".as_slice().into() };
        let page = draw(&form, &[shown]);
        assert!(page.contains("src=\"data:image/jpeg;base64,anBn\"><figcaption>&lt;u&gt;</figcaption>"), "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
        assert!(page.contains("<td>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;<br>二</td>"), "{page}");
        assert!(page.contains("<h1>&lt;b&gt;&amp;</h1>") && page.contains("<p>&quot;a&quot;</p>"), "{page}");
        let signature = "<p class=\"signature\">&lt;i&gt; <img alt=\"签名\" src=\"data:image/png;base64,cG5n\"></p>";
        assert!(page.contains(signature), "{page}");
        assert!(page.contains("<td>7</td>") && page.contains("<td></td>"), "{page}");
    }
}
