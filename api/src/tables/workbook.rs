//! XLSX (Office Open XML, ISO/IEC 29500): the first sheet that is shown.
//!
//! Of the archive only the five parts are unpacked that a table needs, each up to a limit that counts bytes as they come, so
//! that nothing a file claims of its sizes, counts or places is believed.

use std::{
    collections::{BTreeMap, HashMap},
    io::{Cursor, Read},
};

use jiff::{
    Span, ToSpan,
    civil::{Date, DateTime, date},
};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use zip::ZipArchive;

use super::{COLUMNS, Grid, Unreadable, Value, text};

/// The most bytes of a part.
const PART: u64 = 16 << 20;
/// The most shared strings, and the most formats.
const SHARED: usize = 100_000;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The grid of a workbook.
pub(crate) fn grid(bytes: &[u8]) -> Result<Grid, Unreadable> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unreadable::Damaged)?;
    let workbook = part(&mut archive, "xl/workbook.xml")?.ok_or(Unreadable::Damaged)?;
    let (sheet, epoch) = first_sheet(&workbook)?;
    let relations = part(&mut archive, "xl/_rels/workbook.xml.rels")?.ok_or(Unreadable::Damaged)?;
    let path = target(&relations, &sheet)?.ok_or(Unreadable::Damaged)?;
    let strings = part(&mut archive, "xl/sharedStrings.xml")?;
    let strings = strings.map_or_else(|| Ok(Vec::new()), |xml| shared_strings(&xml))?;
    let dated = part(&mut archive, "xl/styles.xml")?;
    let dated = dated.map_or_else(|| Ok(Vec::new()), |xml| dated_formats(&xml))?;
    let sheet = part(&mut archive, &path)?.ok_or(Unreadable::Damaged)?;
    cells(&sheet, &Book { strings, dated, epoch })
}

/// What a sheet's cells refer to.
struct Book {
    strings: Vec<String>,
    /// Whether the format of that number shows an instant.
    dated: Vec<bool>,
    epoch: Epoch,
}

#[derive(Clone, Copy)]
enum Epoch {
    /// Day 1 is 1 January 1900, and 29 February 1900 is taken for a day.
    Y1900,
    /// Day 0 is 1 January 1904.
    Y1904,
}

/// A part's text, at most [`PART`] bytes of it.
fn part(archive: &mut Archive<'_>, path: &str) -> Result<Option<String>, Unreadable> {
    let Ok(file) = archive.by_name(path) else { return Ok(None) };
    let mut bytes = Vec::new();
    file.take(PART + 1).read_to_end(&mut bytes).map_err(|_| Unreadable::Damaged)?;
    if bytes.len() as u64 > PART {
        return Err(Unreadable::TooLarge);
    }
    String::from_utf8(bytes).map(Some).map_err(|_| Unreadable::Damaged)
}

/// Reads on; what is no XML is damage.
fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Event<'a>, Unreadable> {
    reader.read_event().map_err(|_| Unreadable::Damaged)
}

fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// An attribute by its local name.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|one| one.key.local_name().as_ref() == name.as_bytes())?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// The relation of the first sheet that is shown, and the epoch.
fn first_sheet(xml: &str) -> Result<(String, Epoch), Unreadable> {
    let mut reader = reader(xml);
    let (mut sheet, mut epoch) = (None, Epoch::Y1900);
    loop {
        match next(&mut reader)? {
            Event::Start(element) => match element.local_name().as_ref() {
                b"workbookPr" if matches!(attribute(&element, "date1904").as_deref(), Some("1" | "true")) => {
                    epoch = Epoch::Y1904;
                }
                b"sheet" if sheet.is_none() => {
                    let shown = matches!(attribute(&element, "state").as_deref(), None | Some("visible"));
                    sheet = attribute(&element, "id").filter(|_| shown);
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Ok((sheet.ok_or(Unreadable::Damaged)?, epoch))
}

/// Where a relation leads, as a path in the archive.
fn target(xml: &str, id: &str) -> Result<Option<String>, Unreadable> {
    let mut reader = reader(xml);
    loop {
        match next(&mut reader)? {
            Event::Start(element)
                if element.local_name().as_ref() == b"Relationship"
                    && attribute(&element, "Id").as_deref() == Some(id) =>
            {
                return Ok(attribute(&element, "Target").map(|target| match target.strip_prefix('/') {
                    Some(path) => path.to_owned(),
                    None => format!("xl/{target}"),
                }));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// What an entity stands for; of a file's own entities, nothing: they can hide a flood.
fn entity(reference: &quick_xml::events::BytesRef<'_>) -> Result<char, Unreadable> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Ok(character);
    }
    match &**reference {
        b"amp" => Ok('&'),
        b"lt" => Ok('<'),
        b"gt" => Ok('>'),
        b"quot" => Ok('"'),
        b"apos" => Ok('\''),
        _ => Err(Unreadable::Damaged),
    }
}

/// The words inside an element that has just begun, without those that only say how to pronounce it; and whether a formula
/// stands there.
fn words(reader: &mut Reader<&[u8]>, end: &[u8]) -> Result<(String, bool), Unreadable> {
    let (mut words, mut formula) = (String::new(), false);
    // Outside of `t` and `v` there is only layout, or a formula's text.
    let (mut open, mut skipped) = (false, 0_u32);
    loop {
        match next(reader)? {
            Event::Start(element) => match element.local_name().as_ref() {
                b"rPh" => skipped += 1,
                b"f" => formula = true,
                b"t" | b"v" => open = skipped == 0,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                b"rPh" => skipped = skipped.saturating_sub(1),
                b"t" | b"v" => open = false,
                name if name == end => return Ok((words, formula)),
                _ => {}
            },
            Event::Text(text) if open => words.push_str(&text.xml10_content().map_err(|_| Unreadable::Damaged)?),
            Event::CData(text) if open => words.push_str(&text.xml10_content().map_err(|_| Unreadable::Damaged)?),
            Event::GeneralRef(reference) if open => words.push(entity(&reference)?),
            Event::Eof => return Err(Unreadable::Damaged),
            _ => {}
        }
    }
}

fn shared_strings(xml: &str) -> Result<Vec<String>, Unreadable> {
    let mut reader = reader(xml);
    let mut strings = Vec::new();
    loop {
        match next(&mut reader)? {
            Event::Start(element) if element.local_name().as_ref() == b"si" => {
                if strings.len() >= SHARED {
                    return Err(Unreadable::TooLarge);
                }
                strings.push(words(&mut reader, b"si")?.0);
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// Of every cell format, whether it shows an instant.
fn dated_formats(xml: &str) -> Result<Vec<bool>, Unreadable> {
    let mut reader = reader(xml);
    let (mut own, mut dated, mut inside) = (HashMap::new(), Vec::new(), false);
    loop {
        match next(&mut reader)? {
            Event::Start(element) => match element.local_name().as_ref() {
                b"numFmt" if own.len() < SHARED => {
                    if let (Some(id), Some(code)) = (attribute(&element, "numFmtId"), attribute(&element, "formatCode"))
                    {
                        own.insert(id, shows_an_instant(&code));
                    }
                }
                b"cellXfs" => inside = true,
                b"xf" if inside && dated.len() < SHARED => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    // The formats of every language and those of East Asia (ISO/IEC 29500-1, 18.8.30).
                    let built_in = |id: u32| matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58);
                    let known = own.get(&id).copied();
                    dated.push(known.unwrap_or_else(|| id.parse().is_ok_and(built_in)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == b"cellXfs" => inside = false,
            Event::Eof => return Ok(dated),
            _ => {}
        }
    }
}

/// Whether a format's code has a place for a part of a date or a time, outside of what it writes as it stands.
fn shows_an_instant(code: &str) -> bool {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    for character in code.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' | '_' | '*' => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' => bracketed = false,
            _ if quoted || bracketed => {}
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

fn cells(xml: &str, book: &Book) -> Result<Grid, Unreadable> {
    let mut reader = reader(xml);
    let mut grid = Grid::default();
    let (mut number, mut row) = (0_u32, BTreeMap::new());
    let mut next_column = 0_usize;
    loop {
        match next(&mut reader)? {
            Event::Start(element) => match element.local_name().as_ref() {
                b"row" => {
                    let told = attribute(&element, "r").and_then(|r| r.parse().ok());
                    number = told.unwrap_or_else(|| number.saturating_add(1));
                    next_column = 0;
                }
                b"c" => {
                    let told = attribute(&element, "r").and_then(|place| column(&place));
                    let index = told.unwrap_or(next_column);
                    next_column = index.saturating_add(1);
                    let value = value(&mut reader, &element, book)?;
                    if value != Value::Nothing {
                        if index >= COLUMNS {
                            return Err(Unreadable::TooManyColumns);
                        }
                        row.insert(index, value);
                    }
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == b"row" => {
                let width = row.last_key_value().map_or(0, |(index, _)| index + 1);
                let cells = (0..width).map(|index| row.remove(&index).unwrap_or_default()).collect();
                grid.push(number, cells)?;
                row.clear();
            }
            Event::Eof => return Ok(grid),
            _ => {}
        }
    }
}

/// The column of a place such as `C7`, from 0.
fn column(place: &str) -> Option<usize> {
    let letters =
        place.bytes().take_while(u8::is_ascii_alphabetic).map(|letter| usize::from(letter.to_ascii_uppercase() - b'A'));
    letters.take(4).map(|letter| letter + 1).reduce(|column, letter| column * 26 + letter)?.checked_sub(1)
}

fn value(reader: &mut Reader<&[u8]>, cell: &BytesStart<'_>, book: &Book) -> Result<Value, Unreadable> {
    let kind = attribute(cell, "t").unwrap_or_default();
    let style = attribute(cell, "s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
    let (content, formula) = words(reader, b"c")?;
    if formula {
        return Ok(Value::Formula);
    }
    match kind.as_str() {
        "s" => {
            let index = content.trim().parse::<usize>().ok();
            let shared = index.and_then(|index| book.strings.get(index));
            shared.map_or(Err(Unreadable::Damaged), |shared| text(shared))
        }
        "inlineStr" | "str" | "d" => text(&content),
        "b" => Ok(Value::Text(if content.trim() == "1" { "是" } else { "否" }.to_owned())),
        "e" => Ok(Value::Error),
        _ if content.trim().is_empty() => Ok(Value::Nothing),
        _ => {
            let value: f64 = content.trim().parse().map_err(|_| Unreadable::Damaged)?;
            let dated = book.dated.get(style).copied().unwrap_or(false);
            Ok(Value::Number { value, moment: moment(value, book.epoch).filter(|_| dated) })
        }
    }
}

/// The civil instant of a serial number, to the second.
fn moment(serial: f64, epoch: Epoch) -> Option<DateTime> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let zero: Date = match epoch {
        Epoch::Y1904 => date(1904, 1, 1),
        Epoch::Y1900 if serial < 60.0 => date(1899, 12, 31),
        Epoch::Y1900 => date(1899, 12, 30),
    };
    let seconds = (serial * 86_400.0).round() as i64;
    let span: Span = seconds.seconds();
    zero.to_datetime(jiff::civil::Time::midnight()).checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    const BOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="藏" sheetId="1" state="hidden" r:id="rId1"/><sheet name="一" sheetId="2" r:id="rId2"/></sheets></workbook>"#;
    const RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Target="worksheets/hidden.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet1.xml"/></Relationships>"#;

    fn file(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let parts =
            [("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/worksheets/sheet1.xml", sheet)];
        for (path, content) in parts.iter().filter(|(path, _)| more.iter().all(|(own, _)| own != path)).chain(more) {
            archive.start_file(*path, SimpleFileOptions::default()).unwrap();
            archive.write_all(content.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn word(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    #[test]
    fn every_kind_of_cell_is_told_apart() {
        let strings = r#"<sst uniqueCount="99999999999999"><si><t>张 三</t><rPh sb="0" eb="1"><t>ちょう</t></rPh></si><si><r><t>A&amp;</t></r><r><t xml:space="preserve">B </t></r></si></sst>"#;
        let styles = r#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="177" formatCode="0&quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="20"/><xf numFmtId="177"/></cellXfs></styleSheet>"#;
        let sheet = r#"<worksheet><sheetData>
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c><c t="inlineStr"><is><t>内</t></is></c></row>
            <row r="5"><c r="A5" s="1"><v>45573</v></c><c r="B5" s="2"><v>0.375</v></c><c r="C5" s="3"><v>7</v></c><c r="D5"><f>A1</f><v>9</v></c><c r="E5" t="e"><v>#REF!</v></c><c r="F5" t="b"><v>1</v></c></row>
            <row r="9"><c r="A9" s="1"/></row></sheetData></worksheet>"#;
        let read = grid(&file(sheet, &[("xl/sharedStrings.xml", strings), ("xl/styles.xml", styles)])).unwrap();
        let at = |text: &str| Some(text.parse().unwrap());
        assert_eq!(read.rows[0], (2, vec![word("张 三"), Value::Nothing, word("A&B"), word("内")]));
        assert_eq!(read.rows[1].0, 5);
        let numbers = [
            Value::Number { value: 45573.0, moment: at("2024-10-08T00:00:00") },
            Value::Number { value: 0.375, moment: at("1899-12-31T09:00:00") },
            Value::Number { value: 7.0, moment: None },
            Value::Formula,
            Value::Error,
            word("是"),
        ];
        assert_eq!(read.rows[1].1, numbers);
        assert_eq!(read.rows.len(), 2, "a row with nothing but a format is no row");
    }

    #[test]
    fn both_epochs_are_known_and_the_day_that_never_was() {
        let day = |serial, epoch| moment(serial, epoch).map(|moment| moment.date());
        assert_eq!(day(1.0, Epoch::Y1900), Some(date(1900, 1, 1)));
        assert_eq!(day(61.0, Epoch::Y1900), Some(date(1900, 3, 1)));
        assert_eq!(day(44111.0, Epoch::Y1904), Some(date(2024, 10, 8)));
        assert_eq!(day(-1.0, Epoch::Y1900), None);
        assert_eq!(moment(45573.354166666664, Epoch::Y1900), Some(date(2024, 10, 8).at(8, 30, 0, 0)));
    }

    #[test]
    fn a_file_that_would_flood_the_memory_is_refused() {
        // 40 MB of spaces pack into 40 KB.
        let flood = format!("<worksheet>{}</worksheet>", " ".repeat(40 << 20));
        let bomb = file(&flood, &[]);
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        assert_eq!(grid(&bomb), Err(Unreadable::TooLarge));
        let far = r#"<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>"#;
        assert_eq!(grid(&file(far, &[])), Err(Unreadable::TooManyColumns));
        let last = r#"<worksheet><sheetData><row r="4294967295"><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></worksheet>"#;
        assert_eq!(grid(&file(last, &[])).unwrap().rows.len(), 2);
        let many = format!("<worksheet>{}</worksheet>", "<row><c><v>1</v></c></row>".repeat(super::super::ROWS + 1));
        assert_eq!(grid(&file(&many, &[])), Err(Unreadable::TooManyRows));
    }

    #[test]
    fn what_is_no_workbook_is_damage_and_never_a_panic() {
        let laughs = r#"<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><row><c t="inlineStr"><is><t>&a;</t></is></c></row></worksheet>"#;
        let wrong = [
            Vec::new(),
            b"PK\x03\x04 some zip".to_vec(),
            file("<worksheet><row><c t=\"s\"><v>7</v></c></row></worksheet>", &[]),
            file("<worksheet><row><c><v>seven</v></c></row></worksheet>", &[]),
            file("<worksheet><row><c><v>1", &[]),
            file(laughs, &[]),
            file("<worksheet/>", &[("xl/workbook.xml", "<workbook/>")]),
        ];
        for bytes in wrong {
            assert_eq!(grid(&bytes), Err(Unreadable::Damaged));
        }
        let whole = file("<worksheet><row><c><v>1</v></c></row></worksheet>", &[]);
        for cut in 0..whole.len() {
            let _ = grid(&whole[..cut]);
        }
    }
}
