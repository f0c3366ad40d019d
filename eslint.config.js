import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'report', 'src/models/formats/tflite/schema'] },
  ...tseslint.configs.strict,
  {
    rules: {
      'id-denylist': ['error', 'time', 'latency', 'duration', 'freq', 'size', 'bandwidth', 'tmp'],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    // What src/ computes depends on its input alone: no wall clock, no unseeded random.
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Take a seeded generator.' },
        { object: 'Date', property: 'now', message: 'Simulated time only.' },
        {
          object: 'performance',
          property: 'now',
          message: 'Simulated time only; the wall clock lives in bench/.',
        },
      ],
    },
  },
);
