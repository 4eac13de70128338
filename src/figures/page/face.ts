/** The typeface of what is drawn within a page, as `page.css` names it. */
export const FACE = "'DejaVu Serif Condensed', Georgia, 'Times New Roman', serif";

/** The same, as a canvas and its axes are told. */
export const CANVAS_FONT = `12px ${FACE}`;
