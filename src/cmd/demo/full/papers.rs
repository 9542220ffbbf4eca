//! The papers that are handed in, and the signature that is drawn: small, valid, and said to be invented.

use base64::{Engine, prelude::BASE64_STANDARD};

/// A drawn signature: a PNG file.
const SIGNATURE: &[u8] = include_bytes!("signature.png");

/// The drawn signature as it is sent.
pub fn drawing() -> String {
    BASE64_STANDARD.encode(SIGNATURE)
}

/// A picture that is told from every other of its kind by what follows the PNG's end.
pub fn picture(of: &str) -> Vec<u8> {
    [SIGNATURE, of.as_bytes()].concat()
}

/// A page of PDF that says what it stands for, in plain letters.
pub fn pdf(title: &str) -> Vec<u8> {
    let plain: String =
        title.chars().filter(|letter| letter.is_ascii_alphanumeric() || " -.:".contains(*letter)).collect();
    let text =
        format!("BT /F1 20 Tf 72 740 Td ({plain}) Tj 0 -36 Td /F1 12 Tf (duxue demo: an invented document) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1));
    for place in &places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1));
    file.into_bytes()
}
