//! The choice of a mask.
//!
//! Of the eight masks that ISO/IEC 18004 (7.8.3) defines, a symbol takes the one with the lowest
//! penalty. The `qrcode` crate would choose too, but takes a third of the time of a whole receipt
//! for it; counting along bytes is ten times as fast.

use qrcode::Color;
use qrcode::canvas::{Canvas, MaskPattern};

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The modules, dark ones `true`, under the mask with the lowest penalty; the first of equals.
pub(super) fn best(canvas: &Canvas, width: usize) -> Vec<bool> {
    let masked = |mask: &MaskPattern| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(*mask);
        canvas.into_colors().into_iter().map(|colour| colour == Color::Dark).collect::<Vec<bool>>()
    };
    MASKS.iter().map(masked).min_by_key(|modules| penalty(modules, width)).unwrap_or_default()
}

/// The penalty: runs, blocks, patterns like a finder, imbalance (table 11 of the standard).
fn penalty(modules: &[bool], width: usize) -> u32 {
    let mut columns = vec![false; modules.len()];
    for (y, row) in modules.chunks_exact(width).enumerate() {
        for (x, module) in row.iter().enumerate() {
            columns[x * width + y] = *module;
        }
    }
    let lines: u32 = modules.chunks_exact(width).chain(columns.chunks_exact(width)).map(line_penalty).sum();
    lines + block_penalty(modules, width) + imbalance_penalty(modules)
}

/// Runs of five and more modules of one colour, and the look of a finder (1:1:3:1:1) with four
/// light modules before or after it.
fn line_penalty(line: &[bool]) -> u32 {
    const WINDOW: u32 = 0x7ff;
    const FINDER_THEN_LIGHT: u32 = 0b101_1101_0000;
    const LIGHT_THEN_FINDER: u32 = 0b000_0101_1101;
    let (mut score, mut run, mut window) = (0, 0, 0);
    let mut last = None;
    for (index, module) in line.iter().enumerate() {
        run = if last == Some(*module) { run + 1 } else { 1 };
        last = Some(*module);
        score += match run {
            5 => 3,
            6.. => 1,
            _ => 0,
        };
        window = (window << 1 | u32::from(*module)) & WINDOW;
        if index >= 10 && (window == FINDER_THEN_LIGHT || window == LIGHT_THEN_FINDER) {
            score += 40;
        }
    }
    score
}

/// Squares of two by two modules of one colour.
fn block_penalty(modules: &[bool], width: usize) -> u32 {
    let mut score = 0;
    for (upper, lower) in modules.chunks_exact(width).zip(modules[width..].chunks_exact(width)) {
        for (above, below) in upper.windows(2).zip(lower.windows(2)) {
            let dark = u8::from(above[0]) + u8::from(above[1]) + u8::from(below[0]) + u8::from(below[1]);
            score += u32::from(dark.is_multiple_of(4)) * 3;
        }
    }
    score
}

/// Ten points for every full five per cent that the share of dark modules is away from half.
fn imbalance_penalty(modules: &[bool]) -> u32 {
    let dark = modules.iter().filter(|module| **module).count();
    let twentieths = (2 * dark).abs_diff(modules.len()) * 10 / modules.len().max(1);
    u32::try_from(twentieths).unwrap_or(0) * 10
}

#[cfg(test)]
mod tests {
    use super::{block_penalty, imbalance_penalty, line_penalty, penalty};

    fn line(text: &str) -> Vec<bool> {
        text.chars().map(|character| character == '#').collect()
    }

    #[test]
    fn lines_score_by_their_runs_and_finders() {
        assert_eq!(line_penalty(&line("#.#.#.")), 0);
        assert_eq!(line_penalty(&line("#####.")), 3);
        assert_eq!(line_penalty(&line("#######.")), 5);
        assert_eq!(line_penalty(&line("#.###.#....")), 40);
        assert_eq!(line_penalty(&line("....#.###.#")), 40);
        assert_eq!(line_penalty(&line("#.###.#...#")), 0);
    }

    #[test]
    fn squares_score_three() {
        assert_eq!(block_penalty(&line("##.##.#.."), 3), 3);
        assert_eq!(block_penalty(&line("#########"), 3), 12);
        assert_eq!(block_penalty(&line("#.#.#.#.#"), 3), 0);
    }

    #[test]
    fn imbalance_scores_by_steps_of_five_per_cent() {
        let share = |dark: usize| imbalance_penalty(&(0..100).map(|index| index < dark).collect::<Vec<_>>());
        assert_eq!([share(50), share(54), share(55), share(45), share(100)], [0, 0, 10, 10, 100]);
    }

    #[test]
    fn columns_count_like_rows() {
        // Twenty lines of a run of ten, 81 squares, all modules dark.
        assert_eq!(penalty(&[true; 100], 10), 20 * 8 + 81 * 3 + 100);
        let rows = line("#####.....").into_iter().chain(line(".#.#.#.#.#")).cycle().take(100).collect::<Vec<_>>();
        let mut columns = vec![false; 100];
        for (index, module) in rows.iter().enumerate() {
            columns[index % 10 * 10 + index / 10] = *module;
        }
        assert_eq!(penalty(&rows, 10), penalty(&columns, 10));
    }
}
