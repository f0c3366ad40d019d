import { BOARDS, boardById, modelFromSpec, SpecError, type Model } from 'inferscope';
import { runExperiment, type ExperimentHost } from 'inferscope/lua';

function loadModel(text: string): Model {
  const model = modelFromSpec(text);
  if (model) return model;
  throw new SpecError(`no model ${text} here`);
}

function unavailable(): never {
  throw new SpecError('this host neither sweeps nor writes');
}

const host: ExperimentHost = {
  boardIds: BOARDS.map(({ id }) => id),
  loadModel,
  loadBoard: boardById,
  print: (text) => console.log(text),
  ...{ sweep: unavailable, formatTable: unavailable, formatCsv: unavailable, writeFile: unavailable },
};

const source = `
for _, board in ipairs(boards()) do
  print(board, string.format('%.2f ms', predict(arg[1], board).latencyMs))
end`;
await runExperiment({ name: 'ask.lua', source, args: ['paper:8'], host });
