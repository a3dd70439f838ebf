// Go's own parser: prints the definitions of the files named on standard input.
package main

import (
	"bufio"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
)

type definition struct {
	Kind       string   `json:"kind"`
	Name       string   `json:"name"`
	Line       int      `json:"line"`
	EndLine    int      `json:"end_line"`
	Parameters []string `json:"parameters"`
	Doc        *string  `json:"doc"`
}

type seen struct {
	Path        string       `json:"path"`
	Definitions []definition `json:"definitions,omitempty"`
	Error       string       `json:"error,omitempty"`
}

type finder struct {
	files *token.FileSet
	found []definition
}

func (f *finder) add(kind string, name *ast.Ident, node ast.Node, doc *ast.CommentGroup, function *ast.FuncType) {
	parameters := []string{}
	if function != nil {
		for _, field := range function.Params.List {
			if len(field.Names) == 0 {
				parameters = append(parameters, "")
			}
			for _, one := range field.Names {
				parameters = append(parameters, one.Name)
			}
		}
	}
	var text *string
	if doc != nil && doc.Text() != "" {
		written := doc.Text()
		text = &written
	}
	f.found = append(f.found, definition{
		kind, name.Name, f.files.PositionFor(node.Pos(), false).Line,
		f.files.PositionFor(node.End()-1, false).Line, parameters, text,
	})
}

func (f *finder) Visit(node ast.Node) ast.Visitor {
	switch found := node.(type) {
	case *ast.FuncDecl:
		kind := "function"
		if found.Recv != nil {
			kind = "method"
		}
		f.add(kind, found.Name, span{found.Type.Pos(), found.End()}, found.Doc, found.Type)
	case *ast.GenDecl:
		for _, one := range found.Specs {
			spec, isType := one.(*ast.TypeSpec)
			if !isType || spec.Assign.IsValid() {
				continue
			}
			kind := ""
			switch spec.Type.(type) {
			case *ast.StructType:
				kind = "struct"
			case *ast.InterfaceType:
				kind = "interface"
			}
			if kind == "" {
				continue
			}
			// A declaration of one type is the definition with all that is around it.
			var around ast.Node = spec
			doc := spec.Doc
			if len(found.Specs) == 1 {
				around = span{found.TokPos, found.End()}
				if found.Doc != nil {
					doc = found.Doc
				}
			}
			f.add(kind, spec.Name, around, doc, nil)
		}
	case *ast.InterfaceType:
		for _, field := range found.Methods.List {
			function, isMethod := field.Type.(*ast.FuncType)
			if isMethod && len(field.Names) == 1 {
				f.add("method", field.Names[0], span{field.Names[0].Pos(), field.Type.End()}, field.Doc, function)
			}
		}
	}
	return f
}

type span struct{ start, end token.Pos }

func (s span) Pos() token.Pos { return s.start }
func (s span) End() token.Pos { return s.end }

func main() {
	names := bufio.NewScanner(os.Stdin)
	out := json.NewEncoder(os.Stdout)
	for names.Scan() {
		found := finder{files: token.NewFileSet()}
		one := seen{Path: names.Text()}
		file, err := parser.ParseFile(found.files, one.Path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			one.Error = err.Error()
		} else {
			ast.Walk(&found, file)
			one.Definitions = found.found
		}
		out.Encode(one)
	}
}
