import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** javac's parser: prints the definitions of the files named on standard input. */
public final class Oracle {
  public static void main(String[] arguments) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    BufferedReader names = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String name = names.readLine(); name != null; name = names.readLine()) {
      DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  new StringWriter(), files, problems, List.of("-proc:none"), null,
                  files.getJavaFileObjects(Path.of(name)));
      StringBuilder line = new StringBuilder("{\"path\": " + quoted(name));
      CompilationUnitTree unit = null;
      try {
        for (CompilationUnitTree one : task.parse()) unit = one;
      } catch (RuntimeException | java.io.IOException error) {
        unit = null;
      }
      boolean failed =
          unit == null
              || problems.getDiagnostics().stream()
                  .anyMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
      if (failed) {
        line.append(", \"error\": \"does not parse\"}");
      } else {
        Finder finder = new Finder(unit, DocTrees.instance(task));
        finder.scan(unit, null);
        line.append(", \"definitions\": [").append(finder.found).append("]}");
      }
      out.println(line);
    }
    out.flush();
  }

  static String quoted(String text) {
    StringBuilder written = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') written.append('\\').append(c);
      else if (c < ' ' || c > '~') written.append(String.format("\\u%04x", (int) c));
      else written.append(c);
    }
    return written.append('"').toString();
  }

  private static final class Finder extends TreePathScanner<Void, Void> {
    final StringBuilder found = new StringBuilder();
    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final SourcePositions positions;
    private final LineMap lines;

    Finder(CompilationUnitTree unit, DocTrees trees) {
      this.unit = unit;
      this.trees = trees;
      this.positions = trees.getSourcePositions();
      this.lines = unit.getLineMap();
    }

    @Override
    public Void visitClass(ClassTree node, Void nothing) {
      String kind =
          switch (node.getKind()) {
            case INTERFACE -> "interface";
            case ENUM -> "enum";
            case ANNOTATION_TYPE -> "annotation";
            case RECORD -> "record";
            default -> "class";
          };
      if (node.getSimpleName().length() > 0) {
        add(kind, node.getSimpleName().toString(), node, List.of());
      }
      return super.visitClass(node, nothing);
    }

    @Override
    public Void visitMethod(MethodTree node, Void nothing) {
      boolean isConstructor = node.getName().contentEquals("<init>");
      // The parser gives a record its constructor's header a second time.
      if (positions.getEndPosition(unit, node) >= 0) {
        ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
        String name =
            isConstructor ? owner.getSimpleName().toString() : node.getName().toString();
        add(isConstructor ? "constructor" : "method", name, node, node.getParameters());
      }
      return super.visitMethod(node, nothing);
    }

    private void add(String kind, String name, Tree node, List<? extends VariableTree> parameters) {
      String doc = trees.getDocComment(getCurrentPath());
      if (found.length() > 0) found.append(", ");
      found.append("{\"kind\": ").append(quoted(kind)).append(", \"name\": ").append(quoted(name));
      found.append(", \"line\": ").append(lines.getLineNumber(positions.getStartPosition(unit, node)));
      found.append(", \"end_line\": ").append(lines.getLineNumber(positions.getEndPosition(unit, node) - 1));
      String names =
          parameters.stream().map(one -> quoted(one.getName().toString())).collect(Collectors.joining(", "));
      found.append(", \"parameters\": [").append(names).append("], \"doc\": ");
      found.append(doc == null ? "null" : quoted(doc)).append("}");
    }
  }
}
