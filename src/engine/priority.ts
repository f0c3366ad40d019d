/**
 * Order among events of one instant: hardware finishes first, then interrupts are taken, then software runs,
 * and observers see the settled instant. Lower runs earlier.
 */
export const PRIORITY = { hardware: 0, interrupt: 1, normal: 2, observer: 3 } as const;

export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];
