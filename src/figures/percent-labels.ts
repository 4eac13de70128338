/** Of an axis of shares, 0 to 1: as they are said in sentences. */
export const PERCENT_LABELS = { labelExpr: "format(100 * datum.value, ',.0f') + ' %'" };
