//! Whether a day exists.
//!
//! Dates of birth stand in half of all personal numbers, and refuse more random digits than most check digits do.

/// Whether the Gregorian calendar has the day.
pub(super) fn exists(year: u32, month: u32, day: u32) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// The same where only the last two digits of the year are known. Of two centuries with a year 00 one has a leap year there.
pub(super) fn exists_in_some_century(year: u32, month: u32, day: u32) -> bool {
    exists(2000 + year % 100, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_exist_in_leap_years() {
        assert!(exists(2000, 2, 29) && exists(2024, 2, 29));
        assert!(!exists(1900, 2, 29) && !exists(2023, 2, 29));
    }

    #[test]
    fn days_beyond_the_month_do_not() {
        assert!(exists(1985, 7, 31) && !exists(1985, 6, 31) && !exists(1985, 13, 1) && !exists(1985, 0, 1));
        assert!(
            !exists_in_some_century(4, 4, 0) && exists_in_some_century(0, 2, 29) && !exists_in_some_century(49, 2, 29)
        );
    }
}
