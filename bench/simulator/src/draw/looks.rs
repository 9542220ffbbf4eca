//! What somebody looks like: every measure of a face, out of an identity's number alone.
//!
//! Lengths are in widths of the face.

use super::brush::Rgb;
use crate::{
    chance::Chance,
    identity::{Identity, Sex},
};

/// All that is drawn of a person.
#[derive(Clone, Debug)]
pub(crate) struct Looks {
    pub(crate) sex: Sex,
    pub(crate) skin: Rgb,
    pub(crate) hair: Rgb,
    pub(crate) style: Style,
    pub(crate) parting: f32,
    pub(crate) jaw: f32,
    pub(crate) chin: f32,
    pub(crate) length: f32,
    pub(crate) eyes: Eyes,
    pub(crate) brows: Brows,
    pub(crate) nose: Nose,
    pub(crate) mouth: Mouth,
    pub(crate) glasses: Option<Glasses>,
    pub(crate) beard: Beard,
    pub(crate) mole: Option<(f32, f32)>,
    pub(crate) blush: f32,
    pub(crate) build: f32,
    pub(crate) clothes: Clothes,
}

/// How the hair is worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Crop,
    SidePart,
    Spiky,
    Buzz,
    Receding,
    Fringe,
    Curly,
    Long,
    LongFringe,
    Bob,
    BobFringe,
    Ponytail,
    Bun,
    Wavy,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Eyes {
    pub(crate) apart: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) tilt: f32,
    pub(crate) iris: Rgb,
    pub(crate) crease: f32,
    pub(crate) lashes: f32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Brows {
    pub(crate) y: f32,
    pub(crate) thick: f32,
    pub(crate) long: f32,
    pub(crate) arch: f32,
    pub(crate) slant: f32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Nose {
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) bridge: f32,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Mouth {
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) upper: f32,
    pub(crate) lower: f32,
    pub(crate) smile: f32,
    pub(crate) colour: Rgb,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Glasses {
    pub(crate) round: bool,
    pub(crate) size: f32,
    pub(crate) thick: f32,
    pub(crate) colour: Rgb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beard {
    None,
    Shadow,
    Moustache,
    Goatee,
    Full,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Clothes {
    pub(crate) kind: Garment,
    pub(crate) colour: Rgb,
    pub(crate) second: Rgb,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Garment {
    Tee,
    Shirt,
    Hoodie,
    Jumper,
    Jacket,
}

impl Looks {
    /// Of an identity.
    pub(crate) fn of(identity: Identity) -> Self {
        let man = identity.sex() == Sex::Male;
        let mut c = Chance::new(identity.number(), 77);
        let skin = c.pick(&[
            (Rgb::hex(0xf6d7bd), 2.0),
            (Rgb::hex(0xefc8a6), 3.0),
            (Rgb::hex(0xe6b78f), 3.0),
            (Rgb::hex(0xd9a27a), 2.0),
            (Rgb::hex(0xc48a62), 1.0),
        ]);
        let skin = skin.mix(Rgb(232.0, 190.0, 160.0), c.between(0.0, 0.35)).times(if man { 0.95 } else { 1.03 });
        let hair = c.pick(&[
            (Rgb::hex(0x15120f), 5.0),
            (Rgb::hex(0x241a14), 4.0),
            (Rgb::hex(0x3a271b), 2.0),
            (Rgb::hex(0x5a3a22), 1.2),
            (Rgb::hex(0x7c4f2a), if man { 0.3 } else { 0.9 }),
            (Rgb::hex(0x77726e), if man { 0.6 } else { 0.1 }),
        ]);
        let style = if man {
            c.pick(&[
                (Style::Crop, 3.0),
                (Style::SidePart, 3.0),
                (Style::Spiky, 2.0),
                (Style::Buzz, 2.0),
                (Style::Receding, 1.5),
                (Style::Fringe, 2.0),
                (Style::Curly, 1.5),
            ])
        } else {
            c.pick(&[
                (Style::Long, 3.0),
                (Style::LongFringe, 3.0),
                (Style::Bob, 2.0),
                (Style::BobFringe, 2.0),
                (Style::Ponytail, 2.0),
                (Style::Bun, 1.5),
                (Style::Wavy, 2.5),
            ])
        };
        let jaw = if man { c.between(0.38, 0.47) } else { c.between(0.33, 0.41) };
        let chin = if man { c.between(0.16, 0.27) } else { c.between(0.08, 0.17) };
        let length = c.between(0.90, 1.13);
        let eyes = Eyes {
            apart: c.between(0.195, 0.255),
            y: c.between(-0.10, -0.03),
            width: c.between(0.075, 0.108) * if man { 0.96 } else { 1.08 },
            height: c.between(0.030, 0.052) * if man { 0.92 } else { 1.15 },
            tilt: c.between(-6.0, 5.0),
            iris: c.pick(&[(Rgb::hex(0x2a1a10), 4.0), (Rgb::hex(0x4a2e18), 3.0), (Rgb::hex(0x6a4a26), 1.0)]),
            crease: c.between(0.0, 1.0),
            lashes: if man { 0.0 } else { c.between(0.5, 1.0) },
        };
        let brows = Brows {
            y: eyes.y - c.between(0.10, 0.155) * if man { 0.92 } else { 1.08 },
            thick: if man { c.between(0.034, 0.062) } else { c.between(0.014, 0.030) },
            long: c.between(0.105, 0.145),
            arch: if man { c.between(0.0, 0.03) } else { c.between(0.02, 0.06) },
            slant: c.between(-0.035, 0.008),
        };
        let nose = Nose {
            y: c.between(0.13, 0.23) * length,
            width: if man { c.between(0.105, 0.15) } else { c.between(0.08, 0.118) },
            bridge: c.between(0.3, 1.0),
        };
        let mouth = Mouth {
            y: nose.y + c.between(0.165, 0.225) * length,
            width: if man { c.between(0.15, 0.22) } else { c.between(0.13, 0.185) },
            upper: if man { c.between(0.016, 0.03) } else { c.between(0.028, 0.045) },
            lower: if man { c.between(0.026, 0.045) } else { c.between(0.04, 0.062) },
            smile: c.between(0.004, 0.05),
            colour: if man {
                skin.mix(Rgb(150.0, 70.0, 62.0), c.between(0.35, 0.55))
            } else {
                c.pick(&[(Rgb::hex(0xc24a50), 3.0), (Rgb::hex(0xb03a48), 2.0), (Rgb::hex(0xd06a66), 2.0)])
            },
        };
        let glasses = c.chance(0.33).then(|| Glasses {
            round: c.chance(0.45),
            size: c.between(0.9, 1.15),
            thick: c.between(0.010, 0.026),
            colour: c.pick(&[(Rgb::hex(0x1b1b1f), 4.0), (Rgb::hex(0x5a3b26), 1.5), (Rgb::hex(0x7d8590), 1.5)]),
        });
        let beard = if man {
            c.pick(&[
                (Beard::None, 3.0),
                (Beard::Shadow, 3.0),
                (Beard::Moustache, 1.0),
                (Beard::Goatee, 1.2),
                (Beard::Full, 0.9),
            ])
        } else {
            Beard::None
        };
        let palette = [
            0x2f5d8a, 0x8a2f3a, 0x3c6e4f, 0xd9d4c8, 0x34353b, 0xc98b3a, 0x6d5a8c, 0x4f8fa8, 0xb5574a, 0x8fa36b,
            0xe7b9b0, 0xf0efe9, 0x274046, 0xa9b7c6,
        ];
        let colour = |c: &mut Chance| Rgb::hex(palette[(c.next() % palette.len() as u64) as usize]);
        Self {
            sex: identity.sex(),
            skin,
            hair,
            style,
            parting: c.between(-0.22, 0.22),
            jaw,
            chin,
            length,
            eyes,
            brows,
            nose,
            mouth,
            glasses,
            beard,
            mole: c.chance(0.25).then(|| (c.between(-0.32, 0.32), c.between(0.1, 0.42))),
            blush: if man { c.between(0.0, 0.15) } else { c.between(0.15, 0.45) },
            build: if man { c.between(1.02, 1.2) } else { c.between(0.84, 0.98) },
            clothes: Clothes {
                kind: c.pick(&[
                    (Garment::Tee, 2.0),
                    (Garment::Shirt, 2.0),
                    (Garment::Hoodie, 2.0),
                    (Garment::Jumper, 2.0),
                    (Garment::Jacket, 1.5),
                ]),
                colour: colour(&mut c),
                second: colour(&mut c),
            },
        }
    }
}
