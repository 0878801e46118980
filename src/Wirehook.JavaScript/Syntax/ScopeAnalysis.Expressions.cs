namespace Wirehook.JavaScript.Syntax;

internal sealed partial class ScopeAnalysis
{
    private void VisitOptional(Expression? expression)
    {
        if (expression is not null) Visit(expression);
    }

    private void VisitAll(Expression?[] expressions)
    {
        foreach (var expression in expressions) VisitOptional(expression);
    }

    private void Visit(Expression expression)
    {
        Enter(expression);
        switch (expression)
        {
            case Identifier e: Note(e, UseKind.Read); break;
            case MemberExpression e: VisitObject(e.Object); break;
            case IndexExpression e:
                VisitObject(e.Object);
                Visit(e.Index);
                break;
            case CallExpression e: VisitCall(e); break;
            case AssignmentExpression e: VisitAssignment(e); break;
            case BinaryExpression e:
                Visit(e.Left);
                Visit(e.Right);
                break;
            case LogicalExpression e:
                Visit(e.Left);
                Visit(e.Right);
                break;
            case ConditionalExpression e:
                Visit(e.Test);
                Visit(e.WhenTrue);
                Visit(e.WhenFalse);
                break;
            case UnaryExpression e: VisitUnary(e); break;
            case UpdateExpression e: VisitTarget(e.Target, UseKind.Write); break;
            case FunctionExpression e: VisitFunction(e.Function); break;
            case ThisExpression: MarkThis(_scope); break;
            default: VisitComposite(expression); break;
        }

        _height--;
    }

    private void VisitComposite(Expression expression)
    {
        switch (expression)
        {
            case NewExpression e:
                Visit(e.Callee);
                VisitAll(e.Arguments);
                break;
            case ObjectLiteral e:
                foreach (var property in e.Properties)
                {
                    VisitOptional(property.Computed);
                    Visit(property.Value);
                }

                break;
            case ArrayLiteral e: VisitAll(e.Elements); break;
            case SequenceExpression e: VisitAll(e.Expressions); break;
            case TemplateLiteral e: VisitAll(e.Expressions); break;
            case SpreadElement e: Visit(e.Argument); break;
            case BindingPattern e: VisitPattern(e, UseKind.Write); break;
        }
    }

    /// <summary>The object of a property read: the one use of a parameter after which nothing can hold on to it.</summary>
    private void VisitObject(Expression obj)
    {
        if (obj is Identifier id) Note(id, UseKind.ReadProperty);
        else Visit(obj);
    }

    private void VisitUnary(UnaryExpression expression)
    {
        if (expression.Operator is UnaryOperator.Not or UnaryOperator.TypeOf) VisitObject(expression.Operand);
        else if (expression.Operator == UnaryOperator.Delete) VisitTarget(expression.Operand, UseKind.Write);
        else Visit(expression.Operand);
    }

    private void VisitCall(CallExpression call)
    {
        // A method call hands its object over as this, so the object escapes.
        VisitTarget(call.Callee, UseKind.Read);
        VisitAll(call.Arguments);
        if (call.Callee is not Identifier { Name: "eval" }) return;
        call.DirectEvalScope = _scope;
        _evals.Add(call);
    }

    private void VisitAssignment(AssignmentExpression assignment)
    {
        VisitTarget(assignment.Target, UseKind.Write);
        Visit(assignment.Value);
    }

    /// <summary>The target of an assignment, update, delete or call: objects in it escape.</summary>
    private void VisitTarget(Expression target, UseKind kind)
    {
        switch (target)
        {
            case Identifier id: Note(id, kind); break;
            case MemberExpression member: Visit(member.Object); break;
            case IndexExpression index:
                Visit(index.Object);
                Visit(index.Index);
                break;
            default: Visit(target); break;
        }
    }

    private void VisitPattern(Expression target, UseKind kind)
    {
        Enter(target);
        switch (target)
        {
            case ArrayPattern array:
                foreach (var element in array.Elements)
                    if (element is not null) VisitElement(element, kind);
                if (array.Rest is not null) VisitPattern(array.Rest, kind);
                break;
            case ObjectPattern obj:
                foreach (var property in obj.Properties)
                {
                    VisitOptional(property.Computed);
                    VisitElement(property.Element, kind);
                }

                if (obj.Rest is not null) VisitPattern(obj.Rest, kind);
                break;
            default:
                VisitTarget(target, kind);
                break;
        }

        _height--;
    }

    private void VisitElement(PatternElement element, UseKind kind)
    {
        VisitOptional(element.DefaultValue);
        VisitPattern(element.Target, kind);
    }

    /// <summary>Notes that a function needs its <c>this</c>; an arrow function takes it from around itself.</summary>
    private static void MarkThis(Scope scope)
    {
        for (var at = scope; at is not null; at = at.Parent)
        {
            at.Function.UsesThis = true;
            if (at.Function.Kind is not (FunctionKind.Arrow or FunctionKind.Eval)) return;
        }
    }
}
