//! A brush: shapes in a part's own measure, put on a pixmap by a transform.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LineJoin, LinearGradient, Paint, Path, PathBuilder, Pixmap, Point,
    RadialGradient, Rect, Shader, SpreadMode, Stroke, Transform,
};

/// A colour, red, green and blue from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rgb(pub(crate) f32, pub(crate) f32, pub(crate) f32);

impl Rgb {
    /// From `0xrrggbb`.
    pub(crate) const fn hex(value: u32) -> Self {
        Self(((value >> 16) & 255) as f32, ((value >> 8) & 255) as f32, (value & 255) as f32)
    }

    /// `share` of the way to `other`.
    pub(crate) fn mix(self, other: Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Brighter (above 1) or darker.
    pub(crate) fn times(self, factor: f32) -> Self {
        let times = |v: f32| (v * factor).clamp(0.0, 255.0);
        Self(times(self.0), times(self.1), times(self.2))
    }

    pub(crate) fn color(self, alpha: f32) -> Color {
        let unit = |v: f32| (v / 255.0).clamp(0.0, 1.0);
        Color::from_rgba(unit(self.0), unit(self.1), unit(self.2), alpha.clamp(0.0, 1.0)).unwrap_or(Color::BLACK)
    }
}

/// Draws on a pixmap through a transform.
pub(crate) struct Brush<'a> {
    pub(crate) pixmap: &'a mut Pixmap,
    pub(crate) transform: Transform,
}

impl Brush<'_> {
    /// The same pixmap through a further transform.
    pub(crate) fn within(&mut self, inner: Transform) -> Brush<'_> {
        Brush { transform: self.transform.pre_concat(inner), pixmap: self.pixmap }
    }

    fn paint(&mut self, shape: &Path, shader: Shader<'static>) {
        let paint = Paint { shader, anti_alias: true, ..Paint::default() };
        self.pixmap.fill_path(shape, &paint, FillRule::Winding, self.transform, None);
    }

    /// Fills with one colour.
    pub(crate) fn fill(&mut self, shape: &Path, colour: Rgb, alpha: f32) {
        self.paint(shape, Shader::SolidColor(colour.color(alpha)));
    }

    /// Fills with a gradient from one point to another.
    pub(crate) fn fade(&mut self, shape: &Path, from: (f32, f32, Rgb, f32), to: (f32, f32, Rgb, f32)) {
        let stops = vec![GradientStop::new(0.0, from.2.color(from.3)), GradientStop::new(1.0, to.2.color(to.3))];
        let (a, b) = (Point::from_xy(from.0, from.1), Point::from_xy(to.0, to.1));
        if let Some(shader) = LinearGradient::new(a, b, stops, SpreadMode::Pad, Transform::identity()) {
            self.paint(shape, shader);
        }
    }

    /// Fills with a gradient outwards from a point.
    pub(crate) fn glow(&mut self, shape: &Path, centre: (f32, f32, f32), inner: (Rgb, f32), outer: (Rgb, f32)) {
        let stops =
            vec![GradientStop::new(0.0, inner.0.color(inner.1)), GradientStop::new(1.0, outer.0.color(outer.1))];
        let at = Point::from_xy(centre.0, centre.1);
        if let Some(shader) = RadialGradient::new(at, 0.0, at, centre.2, stops, SpreadMode::Pad, Transform::identity())
        {
            self.paint(shape, shader);
        }
    }

    /// A line of even width with round ends.
    pub(crate) fn line(&mut self, shape: &Path, colour: Rgb, alpha: f32, width: f32) {
        let paint = Paint { shader: Shader::SolidColor(colour.color(alpha)), anti_alias: true, ..Paint::default() };
        let stroke = Stroke { width, line_cap: LineCap::Round, line_join: LineJoin::Round, ..Stroke::default() };
        self.pixmap.stroke_path(shape, &paint, &stroke, self.transform, None);
    }

    /// A filled ellipse.
    pub(crate) fn oval(&mut self, x: f32, y: f32, rx: f32, ry: f32, colour: Rgb, alpha: f32) {
        if let Some(shape) = oval(x, y, rx, ry) {
            self.fill(&shape, colour, alpha);
        }
    }

    /// An ellipse that fades out to its rim.
    pub(crate) fn mist(&mut self, x: f32, y: f32, rx: f32, ry: f32, colour: Rgb, alpha: f32) {
        let mut inner = self.within(Transform::from_translate(x, y).pre_scale(rx, ry));
        if let Some(shape) = oval(0.0, 0.0, 1.0, 1.0) {
            inner.glow(&shape, (0.0, 0.0, 1.0), (colour, alpha), (colour, 0.0));
        }
    }

    /// A filled rectangle.
    pub(crate) fn block(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Rgb, alpha: f32) {
        if let Some(rect) = Rect::from_xywh(x, y, width, height) {
            self.fill(&PathBuilder::from_rect(rect), colour, alpha);
        }
    }
}

/// An ellipse around a point.
pub(crate) fn oval(x: f32, y: f32, rx: f32, ry: f32) -> Option<Path> {
    PathBuilder::from_oval(Rect::from_ltrb(x - rx, y - ry, x + rx, y + ry)?)
}

/// One step of a shape.
#[derive(Clone, Copy)]
pub(crate) enum Step {
    /// Go to a point.
    M(f32, f32),
    /// A straight line.
    L(f32, f32),
    /// A curve with one control point.
    Q(f32, f32, f32, f32),
    /// A curve with two control points.
    C(f32, f32, f32, f32, f32, f32),
    /// Back to the start.
    Z,
}

/// A shape out of steps; none if it is empty.
pub(crate) fn shape(steps: &[Step]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in steps {
        match *step {
            Step::M(x, y) => path.move_to(x, y),
            Step::L(x, y) => path.line_to(x, y),
            Step::Q(a, b, x, y) => path.quad_to(a, b, x, y),
            Step::C(a, b, c, d, x, y) => path.cubic_to(a, b, c, d, x, y),
            Step::Z => path.close(),
        }
    }
    path.finish()
}

/// Draws a shape given as steps, when it is one.
macro_rules! draw {
    ($brush:expr, $how:ident, [$($step:expr),+ $(,)?] $(, $rest:expr)* $(,)?) => {
        if let Some(path) = $crate::draw::brush::shape(&[$($step),+]) {
            $brush.$how(&path $(, $rest)*);
        }
    };
}
pub(crate) use draw;
