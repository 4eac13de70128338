/** The training loss among the metrics that the page's charts offer; no series id has this form. */
export const LOSS = '@loss';
