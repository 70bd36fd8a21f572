declare module '*.hbs' {
  const render: (view: unknown) => string;
  export default render;
}
