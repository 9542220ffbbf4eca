//! A picture in memory, and the two file formats that come from outside.

use std::{fmt, io::Cursor};

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use jpeg_encoder::{ColorType, Encoder, EncodingError};

use crate::resample;

/// No side of a picture may be longer, in pixels: twice an 8K frame.
const MAX_SIDE: u32 = 16_384;
/// Nor may it have more pixels: 8K video is 33 million, the largest telephone pictures about 50 million.
const MAX_PIXELS: u64 = 64_000_000;

/// A picture borrowed for one call: rows from the top without padding, three bytes a pixel in the order blue, green, red.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    width: u32,
    height: u32,
    bgr: &'a [u8],
}

/// The same, owning its pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnedPicture {
    width: u32,
    height: u32,
    bgr: Vec<u8>,
}

/// Why something is not a picture for us.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Width or height is zero.
    #[error("the picture is {width}x{height}: it has no pixels")]
    Empty {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// More than this crate takes in.
    #[error("the picture is {width}x{height}; at most {MAX_SIDE} pixels a side and {MAX_PIXELS} in all are taken")]
    TooLarge {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
    },
    /// The pixel buffer does not hold what its size says.
    #[error("a {width}x{height} picture in BGR takes {expected} bytes, not {got}")]
    WrongLength {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// width x height x 3.
        expected: u64,
        /// The length of the buffer.
        got: usize,
    },
    /// The bytes are not of the format (or of any that is read).
    #[error("the file is not a {wanted} picture")]
    NotThat {
        /// "JPEG", "PNG" or "JPEG or PNG".
        wanted: &'static str,
    },
    /// A JPEG file that stops before its end-of-image marker (ITU-T T.81, B.1.1.3): an upload that was cut off.
    #[error("the JPEG picture is cut off: its end is missing")]
    CutOff,
    /// The decoder gave up.
    #[error("the {format} picture is damaged and cannot be decoded")]
    Damaged {
        /// "JPEG" or "PNG".
        format: &'static str,
        /// What the decoder said.
        #[source]
        source: ImageError,
    },
    /// The encoder gave up.
    #[error("the picture cannot be written as JPEG")]
    Encode(#[source] EncodingError),
}

impl<'a> Picture<'a> {
    /// A view of `bgr`, which must hold exactly `width * height * 3` bytes.
    pub fn new(width: u32, height: u32, bgr: &'a [u8]) -> Result<Self, PictureError> {
        check(width, height, bgr.len())?;
        Ok(Self { width, height, bgr })
    }

    /// In pixels; never zero.
    pub fn width(&self) -> u32 {
        self.width
    }

    /// In pixels; never zero.
    pub fn height(&self) -> u32 {
        self.height
    }

    /// The pixels.
    pub fn bgr(&self) -> &'a [u8] {
        self.bgr
    }

    /// One row of pixels.
    pub(crate) fn row(&self, y: usize) -> &'a [u8] {
        let stride = self.width as usize * 3;
        &self.bgr[y * stride..(y + 1) * stride]
    }

    /// A part of the picture, cut to what lies within it and never empty.
    pub(crate) fn part(&self, x: u32, y: u32, width: u32, height: u32) -> OwnedPicture {
        let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
        let (width, height) = (width.clamp(1, self.width - x), height.clamp(1, self.height - y));
        let row = |y: u32| &self.row(y as usize)[x as usize * 3..(x + width) as usize * 3];
        OwnedPicture { width, height, bgr: (y..y + height).flat_map(row).copied().collect() }
    }

    /// A copy that owns its pixels.
    pub fn to_owned(&self) -> OwnedPicture {
        OwnedPicture { width: self.width, height: self.height, bgr: self.bgr.to_vec() }
    }
}

impl OwnedPicture {
    /// Takes `bgr`, which must hold exactly `width * height * 3` bytes.
    pub fn new(width: u32, height: u32, bgr: Vec<u8>) -> Result<Self, PictureError> {
        check(width, height, bgr.len())?;
        Ok(Self { width, height, bgr })
    }

    /// The picture for a call.
    pub fn view(&self) -> Picture<'_> {
        Picture { width: self.width, height: self.height, bgr: &self.bgr }
    }

    /// The pixels, without a copy.
    pub fn into_bgr(self) -> Vec<u8> {
        self.bgr
    }
}

// A picture of people is never printed.
impl fmt::Debug for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

impl fmt::Debug for OwnedPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.view().fmt(f)
    }
}

fn check(width: u32, height: u32, got: usize) -> Result<(), PictureError> {
    check_size(width, height)?;
    let expected = u64::from(width) * u64::from(height) * 3;
    if expected != got as u64 {
        return Err(PictureError::WrongLength { width, height, expected, got });
    }
    Ok(())
}

fn check_size(width: u32, height: u32) -> Result<(), PictureError> {
    if width == 0 || height == 0 {
        return Err(PictureError::Empty { width, height });
    }
    if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooLarge { width, height });
    }
    Ok(())
}

/// Decodes a JPEG or PNG file, whichever its first bytes say, turned upright as its EXIF orientation asks.
pub fn decode(file: &[u8]) -> Result<OwnedPicture, PictureError> {
    match image::guess_format(file) {
        Ok(ImageFormat::Jpeg) => decode_jpeg(file),
        Ok(ImageFormat::Png) => decode_png(file),
        _ => Err(PictureError::NotThat { wanted: "JPEG or PNG" }),
    }
}

/// Decodes a JPEG file. One that is cut off is refused: half a face must not become a template.
pub fn decode_jpeg(file: &[u8]) -> Result<OwnedPicture, PictureError> {
    if !file.starts_with(&[0xFF, 0xD8]) {
        return Err(PictureError::NotThat { wanted: "JPEG" });
    }
    let picture = decode_as(file, ImageFormat::Jpeg, "JPEG")?;
    if jpeg_is_cut_off(file) { Err(PictureError::CutOff) } else { Ok(picture) }
}

/// Decodes a PNG file; transparency is dropped.
pub fn decode_png(file: &[u8]) -> Result<OwnedPicture, PictureError> {
    if !file.starts_with(b"\x89PNG") {
        return Err(PictureError::NotThat { wanted: "PNG" });
    }
    decode_as(file, ImageFormat::Png, "PNG")
}

fn decode_as(file: &[u8], format: ImageFormat, name: &'static str) -> Result<OwnedPicture, PictureError> {
    let damaged = |source| PictureError::Damaged { format: name, source };
    let mut decoder = ImageReader::with_format(Cursor::new(file), format).into_decoder().map_err(damaged)?;
    // The header is believed only as far as the limits: a small file may claim a huge picture.
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    decoder.set_limits(Limits::default()).map_err(damaged)?;
    let orientation = decoder.orientation().map_err(damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(orientation);
    let rgb = picture.into_rgb8();
    let (width, height) = rgb.dimensions();
    let mut bgr = rgb.into_raw();
    for pixel in bgr.chunks_exact_mut(3) {
        pixel.swap(0, 2);
    }
    OwnedPicture::new(width, height, bgr)
}

/// True when no end-of-image marker follows the first scan. The decoder fills what is missing with grey and says
/// nothing. In entropy-coded data 0xFF is always followed by 0x00 or a restart marker, so FF D9 there is the end.
fn jpeg_is_cut_off(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xFF, marker]) = file.get(at..at + 2) {
        if marker == 0xFF {
            at += 1; // fill byte
            continue;
        }
        if marker == 0xDA {
            return !file[at..].windows(2).any(|pair| pair == [0xFF, 0xD9]);
        }
        let Some(&[high, low]) = file.get(at + 2..at + 4) else { return true };
        at += 2 + usize::from(u16::from_be_bytes([high, low]));
    }
    true
}

/// Writes a JPEG file, reduced to `max_width` pixels when it is wider. `quality` is 1 to 100.
pub fn encode_jpeg(picture: Picture<'_>, max_width: Option<u32>, quality: u8) -> Result<Vec<u8>, PictureError> {
    let reduced;
    let picture = match max_width {
        Some(limit) if limit < picture.width => {
            reduced = resample::to_width(picture, limit.max(1));
            reduced.view()
        }
        _ => picture,
    };
    let mut file = Vec::with_capacity(picture.bgr.len() / 8);
    // No side is longer than MAX_SIDE.
    let (width, height) = (picture.width.min(MAX_SIDE) as u16, picture.height.min(MAX_SIDE) as u16);
    Encoder::new(&mut file, quality.clamp(1, 100))
        .encode(picture.bgr, width, height, ColorType::Bgr)
        .map_err(PictureError::Encode)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A picture whose every pixel differs, so that a swap of axes or channels shows.
    fn gradient(width: u32, height: u32) -> OwnedPicture {
        let bgr = (0..height)
            .flat_map(|y| (0..width).flat_map(move |x| [(x * 255 / width) as u8, (y * 255 / height) as u8, 40]))
            .collect();
        OwnedPicture::new(width, height, bgr).unwrap()
    }

    /// Puts an EXIF block with one orientation tag after the start-of-image marker (EXIF 2.32, 4.6.4 A).
    fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut tiff = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        tiff.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xE1];
        file.extend(((2 + 6 + tiff.len()) as u16).to_be_bytes());
        file.extend(b"Exif\0\0");
        file.extend(tiff);
        file.extend(&jpeg[2..]);
        file
    }

    #[test]
    fn jpeg_goes_there_and_back() {
        let picture = gradient(120, 80);
        let back = decode(&encode_jpeg(picture.view(), None, 95).unwrap()).unwrap();
        assert_eq!((back.width, back.height), (120, 80));
        let worst = back.bgr.iter().zip(&picture.bgr).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        assert!(worst < 16, "a channel differs by {worst}");
    }

    #[test]
    fn a_telephone_picture_is_turned_upright() {
        let jpeg = encode_jpeg(gradient(120, 80).view(), None, 95).unwrap();
        let turned = decode(&with_orientation(&jpeg, 6)).unwrap();
        assert_eq!((turned.width, turned.height), (80, 120));
        // Orientation 6: the file's left edge belongs at the top, so blue grows downwards now.
        let blue = |x: u32, y: u32| turned.bgr[((y * 80 + x) * 3) as usize];
        assert!(blue(40, 110) > 200 && blue(40, 10) < 50);
    }

    #[test]
    fn reduces_to_the_width_asked() {
        let file = encode_jpeg(gradient(400, 100).view(), Some(200), 80).unwrap();
        let small = decode(&file).unwrap();
        assert_eq!((small.width, small.height), (200, 50));
    }

    #[test]
    fn each_kind_of_bad_picture_has_its_sentence() {
        let jpeg = encode_jpeg(gradient(64, 64).view(), None, 90).unwrap();
        let cut = decode(&jpeg[..jpeg.len() / 2]).unwrap_err();
        assert_eq!(cut.to_string(), "the JPEG picture is cut off: its end is missing");
        assert_eq!(decode(b"GIF89a").unwrap_err().to_string(), "the file is not a JPEG or PNG picture");
        assert_eq!(decode(&[]).unwrap_err().to_string(), "the file is not a JPEG or PNG picture");
        assert!(matches!(decode_png(&jpeg), Err(PictureError::NotThat { wanted: "PNG" })));
        assert!(matches!(decode(b"\x89PNG\r\n\x1a\nrubbish"), Err(PictureError::Damaged { format: "PNG", .. })));
        assert!(matches!(Picture::new(0, 4, &[]), Err(PictureError::Empty { .. })));
        assert!(matches!(Picture::new(2, 2, &[0; 11]), Err(PictureError::WrongLength { expected: 12, got: 11, .. })));
        assert!(matches!(Picture::new(40_000, 2, &[]), Err(PictureError::TooLarge { .. })));
    }

    #[test]
    fn a_small_file_cannot_claim_a_huge_picture() {
        let mut jpeg = encode_jpeg(gradient(16, 16).view(), None, 90).unwrap();
        let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
        assert!(matches!(decode(&jpeg), Err(PictureError::TooLarge { width: 65_535, height: 65_535 })));
    }

    #[test]
    fn an_8k_picture_passes() {
        let big = OwnedPicture::new(7680, 4320, vec![90; 7680 * 4320 * 3]).unwrap();
        let file = encode_jpeg(big.view(), None, 50).unwrap();
        assert_eq!(decode(&file).unwrap().view().width(), 7680);
    }

    proptest! {
        #[test]
        fn junk_is_an_error_and_never_a_panic(mut junk in prop::collection::vec(any::<u8>(), 0..400), kind in 0..3u8) {
            let head: &[u8] = match kind { 0 => &[0xFF, 0xD8, 0xFF], 1 => b"\x89PNG\r\n\x1a\n", _ => b"" };
            junk.splice(..0, head.iter().copied());
            prop_assert!(decode(&junk).is_err());
        }

        #[test]
        fn a_damaged_jpeg_never_panics(at in 2usize..2000, with: u8, cut in 0usize..2000) {
            let mut jpeg = encode_jpeg(gradient(96, 64).view(), None, 90).unwrap();
            let len = jpeg.len();
            jpeg[2 + at % (len - 2)] = with;
            jpeg.truncate(len - cut % len);
            if let Ok(picture) = decode(&jpeg) {
                prop_assert_eq!(picture.bgr.len() as u64, u64::from(picture.width) * u64::from(picture.height) * 3);
            }
        }
    }
}
