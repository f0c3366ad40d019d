import { python } from '@codemirror/lang-python';
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup, EditorView } from 'codemirror';

/** An editor of one script. */
export interface ScriptEditor {
  text(): string;
  replace(text: string): void;
  /** Marks a line, counted from 1, and brings it into view; none with undefined. */
  mark(line: number | undefined): void;
  focus(): void;
  close(): void;
}

const markLine = StateEffect.define<number | undefined>();
const MARK = Decoration.line({ class: 'cm-wrong-line' });

/** The marked line stays until the text changes. */
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { effects, docChanged, state }) {
    const effect = effects.find((one) => one.is(markLine));
    if (!effect) return docChanged ? Decoration.none : shown;
    const line = effect.value as number | undefined;
    if (line === undefined || line > state.doc.lines) return Decoration.none;
    return Decoration.set([MARK.range(state.doc.line(line).from)]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Colours of the page, so that both schemes have enough contrast. */
const colours = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--memory)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--core)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
]);

const look = EditorView.theme({
  '&': { backgroundColor: 'var(--card)', color: 'var(--ink)', maxHeight: '26rem' },
  '.cm-scroller': { overflow: 'auto', fontFamily: 'ui-monospace, "DejaVu Sans Mono", monospace' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { backgroundColor: 'var(--soft)', color: 'var(--quiet)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--core) 25%, transparent) !important',
  },
  '.cm-wrong-line': { backgroundColor: 'color-mix(in srgb, var(--bad) 18%, transparent)' },
});

/** Puts an editor into an element. `onRun` is called for Ctrl-Enter. */
export function openEditor(parent: HTMLElement, onRun: () => void): ScriptEditor {
  const run = EditorView.domEventHandlers({
    keydown(event) {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
      onRun();
      return true;
    },
  });
  const view = new EditorView({
    parent,
    extensions: [
      ...[run, basicSetup, python(), marks, look, syntaxHighlighting(colours)],
      EditorView.contentAttributes.of({ 'aria-label': 'Script' }),
    ],
  });
  // Long scripts scroll by keyboard too.
  view.scrollDOM.tabIndex = 0;
  return {
    text: () => view.state.doc.toString(),
    replace(text) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
    },
    mark(line) {
      view.dispatch({ effects: markLine.of(line) });
      if (line === undefined || line > view.state.doc.lines) return;
      view.dispatch({ effects: EditorView.scrollIntoView(view.state.doc.line(line).from, { y: 'center' }) });
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}
