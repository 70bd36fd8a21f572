/** Each folder of src may import only from those after it; `docs/architecture.md` says what each of them knows. */
const LAYERS = [
  ['commands'],
  ['doctor', 'audit'],
  ['repository'],
  ['render', 'interview', 'workspace'],
  ['blueprint'],
  ['lint', 'explain', 'compare', 'answers', 'aws'],
  ['access', 'permissions'],
  ['iam'],
  ['gitlab'],
  ['network'],
  ['terminal'],
  ['text'],
];

const layers = LAYERS.flatMap((layer, depth) =>
  layer.map((folder) => {
    const above = LAYERS.slice(0, depth + 1)
      .flat()
      .filter((other) => other !== folder);
    return {
      name: `${folder}-imports-from-below`,
      comment: `src/${folder} may import only from the folders below it (docs/architecture.md).`,
      severity: 'error',
      from: { path: `^src/${folder}/` },
      to: { path: `^src/(${above.join('|') || '-'})/` },
    };
  }),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'Two modules that import each other are one module, or miss a third. A command that is loaded when it runs is none of it.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['dynamic-import'] } },
    },
    ...layers,
  ],
  options: {
    // An import of a type is one too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
