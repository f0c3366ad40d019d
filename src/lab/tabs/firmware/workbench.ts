/** What the Firmware tab loads when it is opened: the editor, and what an oscilloscope makes of edges. */
export { readScope } from 'inferscope/instruments';
export { openEditor, type ScriptEditor } from './editor.ts';
