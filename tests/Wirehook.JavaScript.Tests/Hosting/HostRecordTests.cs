using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Hosting;

public class HostRecordTests
{
    private readonly JsEngine _engine = new(new FixedHost());

    [Fact]
    public void Fields_are_made_only_when_read()
    {
        var record = new ItemRecord(_engine, 5);
        Assert.Equal("5", Run("function f(d) { return d.elapsedTime }", record));
        Assert.Equal(1, record.FieldsMade);
        Assert.True(record.IsUntouched);
    }

    [Theory]
    [InlineData("return d.src === d.src", "true")]
    [InlineData("return d.src.port + d.dst.port", "40080")]
    [InlineData("return d['src']['ip']", "10.0.0.2")]
    [InlineData("var k = 'na' + 'me'; return d[k]", "http")]
    [InlineData("return typeof d.error + ('error' in d) + d.hasOwnProperty('error')", "undefinedfalsefalse")]
    [InlineData("var s = ''; for (var k in d) s += k + ' '; return s", "dst elapsedTime name src ")]
    [InlineData("return Object.keys(d).join()", "dst,elapsedTime,name,src")]
    [InlineData("return d.hasOwnProperty('name') && 'name' in d && !('other' in d)", "true")]
    [InlineData("return d.Name + d.Src.Ip", "http10.0.0.2")]
    [InlineData("d.extra = 1; return d.Name + d.Src.Port + d.extra", "http400001")]
    [InlineData("return d.hasOwnProperty('Name')", "false")]
    [InlineData("d.x = 1; return Object.keys(d).join()", "dst,elapsedTime,name,src,x")]
    [InlineData("var s = d.src; d.y = 1; return d.src === s", "true")]
    [InlineData("delete d.name; return typeof d.name + Object.keys(d).length", "undefined3")]
    [InlineData("d.name = 'x'; d.elapsedTime++; return d.name + d.elapsedTime", "x8")]
    [InlineData("Object.freeze(d); d.name = 'x'; return d.name + Object.isFrozen(d)", "httptrue")]
    [InlineData("Object.defineProperty(d, 'name', {get: function() { return 'got' }}); return d.name", "got")]
    [InlineData("return String(d) + typeof d", "[object Object]object")]
    [InlineData("return Object.getPrototypeOf(d) === Object.prototype", "true")]
    [InlineData("var {name, src: {port}} = d; return name + port", "http40000")]
    [InlineData("var c = {...d, z: 1}; return Object.keys(c).join() + c.src.ip", "dst,elapsedTime,name,src,z10.0.0.2")]
    public void A_record_behaves_as_an_ordinary_object(string body, string expected) =>
        Assert.Equal(expected, Run($"function f(d) {{ {body} }}", new ItemRecord(_engine, 7)));

    [Fact]
    public void One_place_reads_records_and_objects_of_many_shapes()
    {
        var script = _engine.Compile("t.js", "function f(d) { return d.name } var others = [{name: 'a'}, {x: 1, name: 'b'}, {y: 1, name: 'c'}, {z: 1, w: 2, name: 'd'}, {}, 'str', f]");
        _engine.Run(script);
        script.TryGetTopLevel("f", out var function);
        script.TryGetTopLevel("others", out var others);
        for (int round = 0; round < 3; round++)
        {
            var names = "";
            for (uint i = 0; i < 7; i++)
                names += _engine.ToDisplayString(_engine.Call(script, function, default, [others.AsObject.Get(i)])) + " ";
            Assert.Equal("a b c d undefined undefined f ", names);
            Assert.Equal("http", Call(script, function, new ItemRecord(_engine, 1)));
            var touched = new ItemRecord(_engine, 1);
            touched.Set("q", JsValue.True);
            Assert.Equal("http", Call(script, function, touched));
            Assert.False(touched.IsUntouched);
        }
    }

    [Fact]
    public void A_touched_record_keeps_optional_fields_and_their_order()
    {
        var record = new ItemRecord(_engine, 1, "gap");
        Assert.Equal("dst,elapsedTime,error,name,src,added", Run("function f(d) { d.added = 1; return Object.keys(d).join() }", record));
    }

    [Fact]
    public void A_record_outlives_the_call()
    {
        var script = _engine.Compile("t.js", "var kept; function keep(d) { kept = d } function read() { return kept.src.ip }");
        _engine.Run(script);
        script.TryGetTopLevel("keep", out var keep);
        script.TryGetTopLevel("read", out var read);
        _engine.Call(script, keep, default, [JsValue.From(new ItemRecord(_engine, 1))]);
        Assert.Equal("10.0.0.2", _engine.ToDisplayString(_engine.Call(script, read, default, default)));
    }

    [Fact]
    public void Random_operations_do_the_same_to_a_record_and_to_its_twin()
    {
        string[] operations =
        [
            "o.name = i", "delete o.name", "o.elapsedTime += i", "o['x' + i % 3] = i", "delete o['x' + i % 3]", "log(o.name)", "log(o.src.ip)", "log('error' in o)",
            "log(Object.keys(o).join())", "for (var k in o) log(k)", "log(o.hasOwnProperty('dst'))", "o.src.port++", "log(o.src.port)", "log(o.missing)",
            "Object.defineProperty(o, 'dst', {enumerable: false})", "log(JSON_keys(o.dst))", "o.src = {ip: 'new', port: i}", "log(o.toString === Object.prototype.toString)",
            "log(Object.getOwnPropertyDescriptor(o, 'elapsedTime') === undefined)", "log(o.propertyIsEnumerable('name'))", "Object.preventExtensions(o)",
        ];
        var random = new Random(42);
        for (int round = 0; round < 150; round++)
        {
            var body = string.Join("; ", Enumerable.Range(0, 12).Select(_ => operations[random.Next(operations.Length)]));
            string source = $$"""
                var out;
                function log(v) { out += v + '|' }
                function JSON_keys(v) { return v ? Object.keys(v).join() : '' }
                function act(o) { out = ''; for (var i = 0; i < 2; i++) { try { {{body}} } catch (e) { out += 'E' + e.name } } return out }
                function twin() { return act({dst: {ip: '10.0.0.1', port: 80}, elapsedTime: 3, name: 'http', src: {ip: '10.0.0.2', port: 40000} }) }
                """;
            var script = _engine.Compile("t.js", source);
            _engine.Run(script);
            script.TryGetTopLevel("act", out var act);
            script.TryGetTopLevel("twin", out var twin);
            string expected = _engine.ToDisplayString(_engine.Call(script, twin, default, default));
            string actual = Call(script, act, new ItemRecord(_engine, 3));
            Assert.True(expected == actual, body + "\n" + expected + "\n" + actual);
        }
    }

    [Fact]
    public void The_first_parameter_escapes_unless_only_its_fields_are_read()
    {
        var script = _engine.Compile("t.js", "var n = 0; function a(i) { n += i.length } function b(i) { n = i }");
        _engine.Run(script);
        script.TryGetTopLevel("a", out var a);
        script.TryGetTopLevel("b", out var b);
        Assert.False(a.AsFunction!.FirstParameterEscapes);
        Assert.True(b.AsFunction!.FirstParameterEscapes);
    }

    private string Run(string source, HostRecord record)
    {
        var script = _engine.Compile("t.js", source);
        _engine.Run(script);
        Assert.True(script.TryGetTopLevel("f", out var function));
        return Call(script, function, record);
    }

    private string Call(JsScript script, in JsValue function, HostRecord record) =>
        _engine.ToDisplayString(_engine.Call(script, function, default, [JsValue.From(record)]));
}
