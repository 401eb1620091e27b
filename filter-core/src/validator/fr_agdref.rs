//! The number of a foreigner in the files of French prefectures (AGDREF): department, year of the file, six digits.
//!
//! Source: ministère de l'Intérieur, AGDREF. There is no check digit; a telephone number begins with 0 and a department there is two digits up to 09.

/// Whether this may be such a number: ten digits.
pub(super) fn accepts(value: &str) -> bool {
    value.len() == 10
        && value.bytes().all(|byte| byte.is_ascii_digit())
        // 96 and 99 are other authorities; 0 would be a telephone number, which stands beside such papers more often.
        && value.get(..2).and_then(|department| department.parse::<u32>().ok()).is_some_and(|department| matches!(department, 10..=99))
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn numbers_of_files_pass() {
        for value in ["9203012345", "7503123456", "9903000123"] {
            assert!(accepts(value), "{value}");
        }
    }

    #[test]
    fn telephone_numbers_and_other_text_fail() {
        for value in ["0139981234", "920301234", "92030123é", "9203O12345"] {
            assert!(!accepts(value), "{value}");
        }
    }
}
