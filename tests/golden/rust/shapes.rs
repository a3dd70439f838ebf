//! Shapes and what can be asked of them.

use std::collections::HashMap;
use std::fmt;

/// Anything with a surface.
pub trait Shape {
    /// Area in square metres.
    fn area(&self) -> f64;

    fn describe(&self) -> String {
        format!("{:.2} m2", self.area())
    }
}

/// A rectangle, given by its sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Rectangle {
    pub width: f64,
    height: f64,
}

impl Rectangle {
    /// Makes a square.
    #[must_use]
    pub fn square(side: f64) -> Self {
        Self { width: side, height: side }
    }
}

impl Shape for Rectangle {
    fn area(&self) -> f64 {
        self.width * self.height
    }
}

#[derive(Debug)]
pub enum Unit {
    Metre,
    Foot { survey: bool },
}

pub union Bits {
    float: f32,
    word: u32,
}

macro_rules! area_of {
    ($shape:expr) => {
        $shape.area()
    };
}

/// Sums areas by name; a shape without a name counts as "other".
pub fn totals<'a, S: Shape>(shapes: &'a [(Option<&'a str>, S)], scale: f64) -> HashMap<&'a str, f64> {
    let mut sums = HashMap::new();
    for (name, shape) in shapes {
        let key = match name {
            Some(text) if !text.is_empty() => text,
            _ => "other",
        };
        *sums.entry(key).or_insert(0.0) += shape.area() * scale;
    }
    sums
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Metre => write!(formatter, "m"),
            Unit::Foot { survey } if *survey => write!(formatter, "ft (survey)"),
            Unit::Foot { .. } => write!(formatter, "ft"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_has_equal_sides() {
        let square = Rectangle::square(2.0);
        assert_eq!(area_of!(square), 4.0);
    }
}
