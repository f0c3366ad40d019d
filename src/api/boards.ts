/** Boards: every one that ships, their choices and sources, and boards of your own from JSON. */
export { BOARD_IDS } from '../boards/all-boards.ts';
export { citeBoard, type Citations, type CitedConstant, type CitedCost } from '../boards/board/cite-board.ts';
export { findBoardProblems } from '../boards/json/parse-board.ts';
export { allBoards, anyBoardById, parseBoard } from '../calibrate/fitted/known-boards.ts';
export { configureBoards, parseSettings, SETTINGS, withSettings } from '../boards/settings/all-settings.ts';
export type { Setting, SettingChoices, SettingValue } from '../boards/settings/setting.ts';
