import { useState } from 'preact/hooks';
import { answer, experiment } from '../state/lab-store.ts';
import { useAsked } from '../state/use-asked.ts';
import { Table } from './table.tsx';

function BoardConstants({
  id,
  name,
  wanted,
}: {
  readonly id: string;
  readonly name: string;
  readonly wanted: string;
}) {
  const { value, error } = useAsked(`${id} ${JSON.stringify(experiment.value.set)}`, (lab) =>
    lab.cite(experiment.value, id),
  );
  if (error !== undefined) return <p class="refusal">{error}</p>;
  const isWanted = (row: readonly string[]) => row.join(' ').toLowerCase().includes(wanted.toLowerCase());
  const rows = (value?.constants ?? [])
    .map(({ path, value: number, unit, grade, source }) => [path, `${number}`, unit, grade, source])
    .filter(isWanted);
  return (
    <>
      <h3>{name}</h3>
      <Table
        name={`Constants of ${name}`}
        columns={['constant', 'value', 'unit', 'grade', 'source']}
        rows={rows}
      />
    </>
  );
}

/** Every number that the boards are made of, where it comes from, and how well it is known. */
export function Constants() {
  const [wanted, setWanted] = useState('');
  return (
    <>
      <label class="search">
        Show those with{' '}
        <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
      </label>
      {answer.value?.boards.map(({ board, name }) => (
        <BoardConstants key={board} id={board} name={name} wanted={wanted} />
      ))}
    </>
  );
}
