import type { Lesson } from 'inferscope/experiments';
import { ask } from '../state/lab-simulation.ts';
import { answer, experiment, listings } from '../state/lab-store.ts';

/** What a lesson needs of the boards that are not among those that stand; undefined where all do. */
function missing({ start }: Lesson): string | undefined {
  const shown = experiment.value.boards;
  if (start.boards.every((id) => shown.includes(id))) return undefined;
  const listed = (ids: readonly string[]) => listings.value.boards.filter(({ id }) => ids.includes(id));
  const hasAccelerator = (ids: readonly string[]) => listed(ids).some((board) => board.hasAccelerator);
  if (hasAccelerator(start.boards) && !hasAccelerator(shown))
    return 'This lesson needs an accelerator, and none of these boards has one.';
  const names = listed(start.boards.filter((id) => !shown.includes(id))).map(({ name }) => name);
  return `This lesson tells of the ${names.join(' and the ')}, which is not shown now: its numbers are others than these.`;
}

/** Where the reader chose other boards than a lesson is about: says so, and brings its boards back. */
export function LessonBoards({ made }: { readonly made: Lesson }) {
  const text = answer.value && missing(made);
  if (text === undefined) return null;
  return (
    <p class="refusal" role="status">
      {text}{' '}
      <button type="button" onClick={() => ask({ ...experiment.value, boards: made.start.boards })}>
        Show its boards
      </button>
    </p>
  );
}
