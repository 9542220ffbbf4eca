//! A picture for enrolment: one person, straight ahead, before a plain wall.

use tiny_skia::{Pixmap, Transform};

use super::{
    Artist, PICTURES_PER_SECOND,
    brush::{Brush, Rgb},
    looks::Looks,
    person::person,
    pose::Pose,
};
use crate::{
    identity::Identity,
    script::{Script, ScriptError},
};

/// Pixels on each side of a portrait.
pub const PORTRAIT_PX: u32 = 480;

/// A PNG of somebody's face, 180 pixels wide, as an office would take it for enrolment.
///
/// # Errors
/// When the picture cannot be written as PNG, which needs only memory.
pub fn portrait(identity: Identity) -> Result<Vec<u8>, PortraitError> {
    let mut pixmap = Pixmap::new(PORTRAIT_PX, PORTRAIT_PX).ok_or(PortraitError)?;
    pixmap.fill(Rgb(206.0, 214.0, 222.0).color(1.0));
    let mut brush = Brush { pixmap: &mut pixmap, transform: Transform::identity() };
    brush.mist(240.0, 200.0, 330.0, 330.0, Rgb(236.0, 241.0, 246.0), 0.9);
    person(&mut brush, &Looks::of(identity), &Pose::straight(), 240.0, 225.0, 180.0);
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    image::ImageEncoder::write_image(encoder, pixmap.data(), PORTRAIT_PX, PORTRAIT_PX, image::ExtendedColorType::Rgba8)
        .map_err(|_| PortraitError)?;
    Ok(bytes)
}

/// A portrait could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the portrait could not be written as PNG")]
pub struct PortraitError;

/// A PNG of what a camera shows at a second of a script, before it is encoded to video.
///
/// # Errors
/// When the script contradicts itself, or the picture cannot be written as PNG.
pub fn frame(script: &Script, second: u32) -> Result<Vec<u8>, FrameError> {
    script.check()?;
    let picture = Artist::new(script).picture(second % script.length_s * PICTURES_PER_SECOND);
    let (width, height) = (picture.width as u32, picture.height as u32);
    let mut bytes = Vec::new();
    let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
    image::ImageEncoder::write_image(encoder, &picture.rgb(), width, height, image::ExtendedColorType::Rgb8)
        .map_err(|_| PortraitError)?;
    Ok(bytes)
}

/// A frame could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The script contradicts itself.
    #[error("the script cannot be played")]
    Script(#[from] ScriptError),
    /// The picture could not be written.
    #[error("the frame could not be written")]
    Write(#[from] PortraitError),
}
