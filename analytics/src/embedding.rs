//! A face as a direction in a recogniser's space.

use std::fmt;

/// An embedding: a vector of length 1 that only means something to the model that made it. It is biometric data: it is
/// never printed, and stored encrypted by whoever stores it.
#[derive(Clone, PartialEq)]
pub struct Embedding {
    model: String,
    vector: Vec<f32>,
}

/// Why numbers are no embedding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmbeddingError {
    /// All zero, or nothing at all: it points nowhere.
    #[error("the vector of {model} has no direction")]
    NoDirection {
        /// The model that it should be of.
        model: String,
    },
    /// NaN or infinite.
    #[error("the vector of {model} holds values that are not finite")]
    NotFinite {
        /// The model that it should be of.
        model: String,
    },
    /// Stored bytes that are no sequence of 32-bit floats.
    #[error("{bytes} bytes are no sequence of 32-bit numbers")]
    WrongLength {
        /// How many there are.
        bytes: usize,
    },
}

impl Embedding {
    /// Scales `vector` to length 1.
    pub fn new(model: &str, mut vector: Vec<f32>) -> Result<Self, EmbeddingError> {
        if vector.iter().any(|v| !v.is_finite()) {
            return Err(EmbeddingError::NotFinite { model: model.into() });
        }
        let length = vector.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
        if length < 1e-9 {
            return Err(EmbeddingError::NoDirection { model: model.into() });
        }
        vector.iter_mut().for_each(|v| *v = (f64::from(*v) / length) as f32);
        Ok(Self { model: model.into(), vector })
    }

    /// Reads what [`Embedding::to_bytes`] wrote.
    pub fn from_bytes(model: &str, bytes: &[u8]) -> Result<Self, EmbeddingError> {
        let (numbers, []) = bytes.as_chunks::<4>() else {
            return Err(EmbeddingError::WrongLength { bytes: bytes.len() });
        };
        Self::new(model, numbers.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// The vector as 32-bit floats, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.vector.iter().flat_map(|v| v.to_le_bytes()).collect()
    }

    /// The name of the model that made it.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The vector, of length 1.
    pub fn vector(&self) -> &[f32] {
        &self.vector
    }

    /// Cosine similarity, -1 to 1; None when another model (or another form of it) made the other.
    pub fn similarity(&self, other: &Self) -> Option<f32> {
        if self.model != other.model || self.vector.len() != other.vector.len() {
            return None;
        }
        Some(dot(&self.vector, &other.vector))
    }
}

pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>().clamp(-1.0, 1.0)
}

impl fmt::Debug for Embedding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Embedding({}, {} numbers)", self.model, self.vector.len())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_same_model_compares() {
        let a = Embedding::new("a", vec![3.0, 4.0]).unwrap();
        assert_eq!(a.vector(), [0.6, 0.8]);
        assert_eq!(a.similarity(&Embedding::new("a", vec![-4.0, 3.0]).unwrap()), Some(0.0));
        assert_eq!(a.similarity(&Embedding::new("b", vec![3.0, 4.0]).unwrap()), None);
        assert_eq!(a.similarity(&Embedding::new("a", vec![3.0, 4.0, 0.0]).unwrap()), None);
    }

    #[test]
    fn nonsense_is_refused_and_nothing_is_printed() {
        assert_eq!(Embedding::new("a", vec![0.0; 4]), Err(EmbeddingError::NoDirection { model: "a".into() }));
        assert_eq!(Embedding::new("a", vec![]), Err(EmbeddingError::NoDirection { model: "a".into() }));
        assert_eq!(Embedding::new("a", vec![1.0, f32::NAN]), Err(EmbeddingError::NotFinite { model: "a".into() }));
        assert_eq!(Embedding::from_bytes("a", &[0; 7]), Err(EmbeddingError::WrongLength { bytes: 7 }));
        assert_eq!(format!("{:?}", Embedding::new("a", vec![0.25, 0.5]).unwrap()), "Embedding(a, 2 numbers)");
    }

    proptest! {
        #[test]
        fn bytes_go_there_and_back(vector in prop::collection::vec(-100f32..100.0, 1..300)) {
            if let Ok(embedding) = Embedding::new("m", vector) {
                let back = Embedding::from_bytes("m", &embedding.to_bytes()).unwrap();
                prop_assert!(embedding.similarity(&back).unwrap() > 0.9999);
                prop_assert!((embedding.similarity(&embedding).unwrap() - 1.0).abs() < 1e-4);
            }
        }
    }
}
