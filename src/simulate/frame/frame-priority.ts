import { PRIORITY } from '../../engine/priority.ts';

/**
 * Who comes first where several ask for the memory at one instant. Each has a place of its own, so that nothing hangs on
 * the order of equal instants: a link's burst ends before the camera, the camera before the screen, all of them before the core.
 */
export const FRAME_PRIORITY = {
  camera: PRIORITY.interrupt,
  screen: PRIORITY.normal,
  core: PRIORITY.observer,
} as const;
