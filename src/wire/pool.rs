//! Loaded models that take turns: one picture at a time each, as many pictures at once as there are sets of them.

use std::sync::{Arc, Mutex, PoisonError};

use duxue_analytics::Analyser;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The sets of models, those that are free.
pub struct Pool {
    free: Mutex<Vec<Arc<Analyser>>>,
    turns: Arc<Semaphore>,
}

/// One set of models, for one picture; it goes back when this ends, however it ends.
pub struct Turn {
    analyser: Option<Arc<Analyser>>,
    pool: Arc<Pool>,
    _permit: OwnedSemaphorePermit,
}

impl Pool {
    pub fn new(analysers: Vec<Arc<Analyser>>) -> Self {
        let turns = Arc::new(Semaphore::new(analysers.len()));
        Self { free: Mutex::new(analysers), turns }
    }

    /// Waits for a free set, in the order of asking.
    pub async fn take_turn(self: Arc<Self>) -> Option<Turn> {
        let permit = self.turns.clone().acquire_owned().await.ok()?;
        let analyser = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Some(Turn { analyser, pool: self, _permit: permit })
    }
}

impl Turn {
    /// Works with the models; `None` cannot be, for there is a permit a set.
    pub fn with<T>(&self, work: impl FnOnce(&Analyser) -> T) -> Option<T> {
        self.analyser.as_deref().map(work)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Before the permit, which is a field and ends after this.
        self.pool.free.lock().unwrap_or_else(PoisonError::into_inner).extend(self.analyser.take());
    }
}
