//! CSV (RFC 4180), as spreadsheet programs of the office write it, to and fro.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::GB18030;

use super::{Grid, Unreadable, Value, text};

/// The grid of a CSV file.
pub(crate) fn grid(bytes: &[u8]) -> Result<Grid, Unreadable> {
    let content = decode(bytes).ok_or(Unreadable::Kind)?;
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(content.as_bytes());
    let mut grid = Grid::default();
    for record in reader.records() {
        let record = record.map_err(|_| Unreadable::Damaged)?;
        let cells = record.iter().map(text).collect::<Result<_, _>>()?;
        grid.push(line(&content, &record), cells)?;
    }
    Ok(grid)
}

/// UTF-8, with or without its mark; else GB 18030, which holds GBK, as Excel saves CSV on a Chinese Windows.
pub(crate) fn decode(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(_) => GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned()),
    }
}

/// The line on which a record stands. The reader's own position is before the blank lines that it passed over.
fn line(content: &str, record: &StringRecord) -> u32 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = content.as_bytes().get(start..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    u32::try_from(position.line() + blank as u64).unwrap_or(u32::MAX)
}

/// A grid as CSV, each row on the line of its number; `None` where a cell is a formula or an error.
pub(crate) fn to_csv(grid: &Grid) -> Option<String> {
    let mut content = String::new();
    let mut next = 1;
    for (number, cells) in &grid.rows {
        while next < *number {
            content.push('\n');
            next += 1;
        }
        for (index, cell) in cells.iter().enumerate() {
            let words = match cell {
                Value::Nothing => String::new(),
                Value::Text(text) => text.replace(['\r', '\n'], " "),
                Value::Number { value, moment: None } => value.to_string(),
                Value::Number { moment: Some(moment), .. } => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
                Value::Formula | Value::Error => return None,
            };
            if index > 0 {
                content.push(',');
            }
            content.push('"');
            content.push_str(&words.replace('"', "\"\""));
            content.push('"');
        }
        content.push('\n');
        next += 1;
    }
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_of_the_office_are_read() {
        assert_eq!(decode("学号".as_bytes()).as_deref(), Some("学号"));
        assert_eq!(decode(b"\xef\xbb\xbfa,b").as_deref(), Some("a,b"));
        assert_eq!(decode(&[0xd1, 0xa7, 0xba, 0xc5]).as_deref(), Some("学号"), "GBK");
        assert_eq!(decode(&[0xff, 0xff, 0x00]), None);
    }

    #[test]
    fn rows_keep_the_number_of_their_line_and_blank_ones_are_passed_over() {
        let read = grid("a, b \n\n,\n\"x\ny\",2\nz\n\n\n".as_bytes()).unwrap();
        let word = |text: &str| Value::Text(text.to_owned());
        let rows = [(1, vec![word("a"), word("b")]), (4, vec![word("x\ny"), word("2")]), (6, vec![word("z")])];
        assert_eq!(read.rows, rows);
    }

    #[test]
    fn a_table_has_its_limits() {
        let many = "x\n".repeat(super::super::ROWS + 1);
        assert_eq!(grid(many.as_bytes()), Err(Unreadable::TooManyRows));
        assert_eq!(grid(",".repeat(100).as_bytes()), Ok(Grid::default()), "nothing stands there");
        assert_eq!(grid(format!("{}x", ",".repeat(100)).as_bytes()), Err(Unreadable::TooManyColumns));
        assert_eq!(grid("x".repeat(4_001).as_bytes()), Err(Unreadable::TooLongCell));
    }

    #[test]
    fn a_grid_goes_back_to_csv_on_the_same_lines() {
        let word = |text: &str| Value::Text(text.to_owned());
        let moment = "2024-10-08T08:35:12".parse().unwrap();
        let rows = vec![
            (2, vec![word("a,\"b\""), Value::Number { value: 7.0, moment: None }]),
            (4, vec![Value::Nothing, Value::Number { value: 45573.0, moment: Some(moment) }]),
        ];
        let content = to_csv(&Grid { rows }).unwrap();
        assert_eq!(content, "\n\"a,\"\"b\"\"\",\"7\"\n\n\"\",\"2024-10-08 08:35:12\"\n");
        assert_eq!(to_csv(&Grid { rows: vec![(1, vec![Value::Formula])] }), None);
    }
}
