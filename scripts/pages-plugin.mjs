import { pageModule } from './page-module.mjs';

/** A Rolldown plugin that puts the style and script of a page inside it when the bundle is made. */
export const pages = {
  name: 'pages',
  load: {
    filter: { id: /\.html$/ },
    handler: async (path) => ({ code: await pageModule(path), moduleType: 'js' }),
  },
};
