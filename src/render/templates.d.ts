declare module '*.hbs' {
  const render: (view: unknown) => string;
  export default render;
}

declare module 'handlebars/dist/cjs/handlebars.runtime.js' {
  import Handlebars from 'handlebars';
  export default Handlebars;
}
