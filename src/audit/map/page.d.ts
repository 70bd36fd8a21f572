declare module '*.html' {
  /** A page with its style and script inside, before and after the place of its data. */
  const page: { readonly before: string; readonly after: string };
  export default page;
}
