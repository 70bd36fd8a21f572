import { mapTexts, piecesOf, type Mark } from '../../blueprint/bootstrap/marks.ts';
import type { PolicyValue } from '../../iam/policy.ts';
import { quoted } from '../escape/characters.ts';
import { hcl } from '../escape/hcl.ts';
import { Expression, type Printable } from '../expression.ts';

/** What a mark is in a template: one of its parameters. */
const REFERENCES: Readonly<Record<Mark, string>> = {
  account: 'AWS::AccountId',
  stateKey: 'StateKey',
  stateBucket: 'StateBucket',
};

/** What each mark is in a configuration of Terraform. */
export type Interpolations = Readonly<Record<Mark, string>>;

/**
 * A document in the words of CloudFormation.
 *
 * @param known what stands for some texts, such as a reference to the resource that they name
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function inCloudFormation(
  value: PolicyValue,
  known: (text: string, sub: string) => string = (_, sub) => sub,
): Printable {
  return marked(value, (pieces, text) => {
    const [only] = pieces;
    if (pieces.length === 1 && typeof only === 'object')
      return new Expression('', '', known(text, `!Ref ${REFERENCES[only.mark]}`));
    const words = pieces.map((piece) =>
      typeof piece === 'string' ? piece.replaceAll('${', '${!') : `\${${REFERENCES[piece.mark]}}`,
    );
    return new Expression('', '', known(text, `!Sub ${quoted(words.join(''))}`));
  });
}

/**
 * A document in the words of Terraform.
 *
 * @param known what stands for some texts, such as a reference to the resource that they name
 */
export function inTerraform(
  value: PolicyValue,
  values: Interpolations,
  known: (text: string) => string | undefined = () => undefined,
): Printable {
  return marked(value, (pieces, text) => {
    const [only] = pieces;
    if (pieces.length === 1 && typeof only === 'object')
      return new Expression(known(text) ?? values[only.mark], '');
    const words = pieces.map((piece) =>
      typeof piece === 'string' ? hcl(piece).slice(1, -1) : `\${${values[piece.mark]}}`,
    );
    return new Expression(known(text) ?? `"${words.join('')}"`, '');
  });
}

type Pieces = ReturnType<typeof piecesOf>;

function marked(
  value: PolicyValue,
  expression: (pieces: Pieces, text: string) => Expression,
): Printable {
  return mapTexts<Expression>(value, (text) => {
    const pieces = piecesOf(text);
    return pieces.some((piece) => typeof piece !== 'string') ? expression(pieces, text) : text;
  });
}
