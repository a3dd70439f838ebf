// The TypeScript compiler: prints the definitions of the files named on standard input.
const fs = require("fs");
const readline = require("readline");
const ts = require("typescript");

const FUNCTIONS = new Set([ts.SyntaxKind.FunctionExpression, ts.SyntaxKind.ArrowFunction]);

/** What a node is in an outline: kind, name, the node that has parameters; or nothing. */
function describe(node) {
  const kinds = ts.SyntaxKind;
  switch (node.kind) {
    case kinds.FunctionDeclaration:
      return node.name && ["function", node.name, node];
    case kinds.FunctionExpression:
      return node.name && ["function", node.name, node];
    case kinds.ClassDeclaration:
    case kinds.ClassExpression:
      return node.name && ["class", node.name, null];
    case kinds.InterfaceDeclaration:
      return ["interface", node.name, null];
    case kinds.EnumDeclaration:
      return ["enum", node.name, null];
    case kinds.ModuleDeclaration:
      if (node.name.kind === kinds.StringLiteral) return ["module", node.name, null];
      if (node.flags & ts.NodeFlags.GlobalAugmentation) return null;
      if (node.parent.kind === kinds.ModuleDeclaration) return null; // `namespace a.b`
      return [node.flags & ts.NodeFlags.Namespace ? "namespace" : "module", node.name, null];
    case kinds.MethodDeclaration:
    case kinds.MethodSignature:
    case kinds.GetAccessor:
    case kinds.SetAccessor:
      return ["method", node.name, node];
    case kinds.Constructor:
      return ["constructor", null, node];
    case kinds.PropertyDeclaration:
    case kinds.PropertyAssignment: {
      const value = node.initializer;
      if (!value || !FUNCTIONS.has(value.kind)) return null;
      if (node.name.kind === kinds.ComputedPropertyName || node.name.kind === kinds.NumericLiteral)
        return node.kind === kinds.PropertyDeclaration ? ["method", node.name, value] : null;
      return ["method", node.name, value];
    }
    case kinds.VariableDeclaration: {
      const value = node.initializer;
      if (!value || node.name.kind !== kinds.Identifier) return null;
      if (FUNCTIONS.has(value.kind)) return ["function", node.name, value];
      return value.kind === kinds.ClassExpression ? ["class", node.name, null] : null;
    }
    case kinds.BinaryExpression: {
      if (node.operatorToken.kind !== kinds.EqualsToken) return null;
      const left = node.left;
      const name = left.kind === kinds.PropertyAccessExpression ? left.name : left;
      if (name.kind !== kinds.Identifier && name.kind !== kinds.PrivateIdentifier) return null;
      if (FUNCTIONS.has(node.right.kind)) return ["function", name, node.right];
      return node.right.kind === kinds.ClassExpression ? ["class", name, null] : null;
    }
  }
  return null;
}

/** The value of a definition is none of its own. */
function isTaken(node) {
  const parent = node.parent;
  if (!parent || !(FUNCTIONS.has(node.kind) || node.kind === ts.SyntaxKind.ClassExpression))
    return false;
  return (parent.initializer === node || parent.right === node) && Boolean(describe(parent));
}

/** The statement around a definition belongs to it, if nothing else is in it. */
function around(node) {
  const kinds = ts.SyntaxKind;
  const parent = node.parent;
  if (parent.kind === kinds.VariableDeclarationList && parent.declarations.length === 1)
    return around(parent);
  if (parent.kind === kinds.VariableStatement || parent.kind === kinds.ExpressionStatement)
    return parent;
  if (parent.kind === kinds.ExportAssignment) return parent;
  return node;
}

function nameOf(name) {
  if (name === null) return "constructor";
  return name.getText().replace(/^["']|["']$/g, "").split(/\s+/).join(" ");
}

function outline(path) {
  const text = fs.readFileSync(path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  if (file.parseDiagnostics.length)
    return { path, error: ts.flattenDiagnosticMessageText(file.parseDiagnostics[0].messageText, " ") };
  const definitions = [];
  // TypeScript ends lines at more signs than newlines.
  const starts = [0];
  for (let i = 0; i < text.length; i++) if (text[i] === "\n") starts.push(i + 1);
  const line = (at) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const stack = [file];
  while (stack.length) {
    const node = stack.pop();
    const found = isTaken(node) ? null : describe(node);
    if (found) {
      const [kind, name, holder] = found;
      const outer = around(node);
      const docs = ts.getJSDocCommentsAndTags(node).filter((one) => one.kind === ts.SyntaxKind.JSDoc);
      const own = (outer.jsDoc || node.jsDoc || []).at(-1) || docs.at(-1);
      definitions.push({
        kind,
        name: nameOf(name),
        line: line(outer.getStart()),
        end_line: line(outer.getEnd() - 1),
        parameters: holder ? holder.parameters.map((one) => one.name.getText()) : [],
        doc: own ? own.getText() : null,
      });
    }
    ts.forEachChild(node, (child) => void stack.push(child));
  }
  return { path, definitions };
}

readline.createInterface({ input: process.stdin }).on("line", (path) => {
  process.stdout.write(JSON.stringify(outline(path)) + "\n");
});
