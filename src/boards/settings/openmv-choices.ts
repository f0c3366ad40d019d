import type { Board } from '../board/board.ts';
import { settingOf, type Choice } from './setting.ts';

/** What deploying asks of OpenMV's settings, apart from their texts, as in `maixpy-choices.ts`. */
export const OPENMV_FIRMWARE_CHOICE: Choice = { key: 'openmv.firmware', standard: '3.9' };

/** Whether a call of a network finds the interpreter that loading made. */
export const keepsInterpreter = (board: Board): boolean => settingOf(board, OPENMV_FIRMWARE_CHOICE) === '4.6';
