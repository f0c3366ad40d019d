/** How well a board is known: its error on rows that the fit has not seen, or that there is no fit. */
export function formatHeldOut(board: {
  readonly grade: 'fitted' | 'measured' | 'estimate';
  readonly medianErrorPercent: number | null;
}): string {
  if (board.medianErrorPercent !== null) return `${board.medianErrorPercent} % (median)`;
  return board.grade === 'estimate' ? 'estimate' : 'not fitted yet';
}
